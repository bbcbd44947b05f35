# For those who prefer a container to deploy/install; docs/deploy.md says how to run it.
FROM python:3.11-slim AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /srv/brueckenschlag/.venv \
 && /srv/brueckenschlag/.venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes -r /tmp/base.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/brueckenschlag brueckenschlag
WORKDIR /srv/brueckenschlag
COPY --from=packages /srv/brueckenschlag/.venv .venv
COPY manage.py LICENSE ./
COPY accounts accounts
COPY networks networks
COPY events events
COPY portal portal
COPY templates templates
COPY static static
COPY locale locale
COPY deploy/gunicorn.conf.py deploy/container deploy/
RUN SECRET_KEY=build DATA_DIR=/tmp deploy/container catalogues

ENV DATA_DIR=/var/lib/brueckenschlag PYTHONUNBUFFERED=1
USER brueckenschlag
VOLUME /var/lib/brueckenschlag
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["deploy/container", "healthy"]
ENTRYPOINT ["deploy/container"]
CMD ["web"]
