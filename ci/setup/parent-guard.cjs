/*
 * Loaded first into every process that the set-up starts. When the set-up's process dies, also by SIGKILL, the channel
 * to it breaks, and this process takes it as a SIGTERM: it cleans up and ends instead of living on as an orphan.
 */
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening must not keep a finished program alive.
  process.channel.unref();
}
