"""Python on a host whose clock is off by `CLOCK_OFF` seconds: it imports this before all else."""

import datetime
import os
import time

OFF = int(os.environ["CLOCK_OFF"])

_Datetime = datetime.datetime
_time, _time_ns = time.time, time.time_ns


class _Like(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _Datetime)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, _Datetime)


class _WrongDatetime(_Datetime, metaclass=_Like):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> _Datetime:  # type: ignore[override]
        return _Datetime.now(tz) + datetime.timedelta(seconds=OFF)

    @classmethod
    def utcnow(cls) -> _Datetime:  # type: ignore[override]
        return cls.now(datetime.UTC).replace(tzinfo=None)


datetime.datetime = _WrongDatetime  # type: ignore[misc]
time.time = lambda: _time() + OFF
time.time_ns = lambda: _time_ns() + OFF * 1_000_000_000
