"""What operators meet: settings, logs, migrations, backups, files."""
