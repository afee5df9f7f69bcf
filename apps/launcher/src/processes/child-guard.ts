/**
 * Loaded ahead of each child's own code: when the launcher goes away, whatever the way, the child is asked
 * to stop, and made to if it does not.
 */
process.on('disconnect', () => {
  setTimeout(() => process.exit(1), 5000).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The channel alone must not keep a child alive that has finished.
process.channel?.unref();
