# One image for the server, the worker and the migrations. The steps are those of `make setup`,
# without the embedded PostgreSQL and Valkey and without the tools of development.

FROM node:20-bookworm-slim AS pages
WORKDIR /src
COPY frontend frontend
WORKDIR /src/frontend
RUN npm ci && npm run build

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements-build.txt requirements.txt ./
RUN python -m venv /opt/dayline \
 && python -m pip install --no-cache-dir --require-hashes -r requirements-build.txt \
 && uv pip sync --no-cache --python /opt/dayline/bin/python --require-hashes requirements.txt
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY backend backend
COPY --from=pages /src/backend/dayline/static backend/dayline/static
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
 && uv pip install --no-cache --python /opt/dayline/bin/python --no-deps /dist/*.whl

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin dayline \
 && install -d -o dayline -g dayline -m 700 /var/lib/dayline/files
COPY --from=build /opt/dayline /opt/dayline
ENV PATH=/opt/dayline/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DAYLINE_HOST=0.0.0.0 \
    DAYLINE_FILES=/var/lib/dayline/files \
    DAYLINE_PORT=8080
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['DAYLINE_PORT'] + '/readyz', timeout=4)"]
CMD ["dayline", "serve"]
