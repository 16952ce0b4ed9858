"""Operations: settings, logs, migrations, backups, uploaded files, outgoing HTTP, secrets."""
