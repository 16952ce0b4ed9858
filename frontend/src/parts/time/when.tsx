import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import t from "locale:time";
import { dateTimeWords, localNow, timeWords } from "./times";
import { zoneName } from "./zones";

/** An instant in my local time, as the server gave it: `14:02`, `yesterday 14:02`. */
export function LocalTime({ at, local }: { at: string; local: string }) {
  const words = timeWords(local, localNow(at, local, minute.value));
  const whole = t.forYou({ when: dateTimeWords(local) });
  return (
    <time dateTime={at} title={whole}>
      {words}
    </time>
  );
}

/** My time zone. */
export function useMyZone(): string {
  const { live } = useWorkspace();
  const board = live.board.peek();
  const calendar = live.one("calendars", board?.me.member_id ?? "").value;
  return calendar?.zone ?? board?.workspace.reference_zone ?? "UTC";
}

/** The city of my time zone: `Kyiv`. */
export const useMyCity = (): string => zoneName(useMyZone());
