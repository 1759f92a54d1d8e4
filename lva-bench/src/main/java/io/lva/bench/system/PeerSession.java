package io.lva.bench.system;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Other programs while they record: they report nothing about themselves and end on an interrupt.
 */
record PeerSession(List<ChildProcess> children) implements Recorder.Session {
  PeerSession {
    children = List.copyOf(children);
  }

  @Override
  public List<Long> processes() {
    return children.stream().map(ChildProcess::pid).toList();
  }

  @Override
  public long idleBytes() {
    return 0;
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public Optional<URI> playlist(int camera) {
    return Optional.empty();
  }

  @Override
  public List<Double> pauseMillis() {
    return List.of();
  }

  @Override
  public void stop() throws IOException {
    for (ChildProcess child : children) {
      child.interrupt();
    }
  }

  @Override
  public List<String> verify() {
    return List.of();
  }

  @Override
  public void close() {
    children.forEach(ChildProcess::close);
  }

  /** Returns whether a program is installed and runs. */
  static boolean runs(List<String> command) {
    try (ChildProcess child = ChildProcess.start(command)) {
      child.readLine();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
