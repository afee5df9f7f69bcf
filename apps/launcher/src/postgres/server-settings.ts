/**
 * Settings of the embedded server, for a small machine. They come before `postgresql.conf` and
 * `ALTER SYSTEM`, so an operator's own values win. Statements and error details stay out of the log:
 * they hold personal data.
 */
export const SERVER_SETTINGS = `# Written by Unionhall at every start. Put your own values into postgresql.conf.
max_connections = 120
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
min_wal_size = 256MB
wal_compression = on
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
idle_in_transaction_session_timeout = 5min
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
`;
