package io.lva.bench.system;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that records cameras to MP4 files: what is measured, and what it is compared with. */
interface Recorder {
  /** Returns the name in the table. */
  String name();

  /** Says whether it can be started on this machine. */
  boolean isInstalled();

  /**
   * Starts to record.
   *
   * @throws IOException when it does not start
   */
  Session start(Load load) throws IOException;

  /** A recorder at work. */
  interface Session extends AutoCloseable {
    /** Returns its processes. */
    List<Long> processes();

    /** Returns its resident memory before the first camera came; 0 when nobody has looked. */
    long idleBytes();

    /** Returns what it counts itself, by name. */
    Map<String, Long> counters() throws IOException;

    /** Returns where a camera can be watched, if it can. */
    Optional<URI> playlist(int camera);

    /** Returns how long the pauses of its garbage collector have been so far, in order. */
    List<Double> pauseMillis() throws IOException;

    /** Ends the recordings, so that the files are complete. */
    void stop() throws IOException;

    /** Returns what it finds wrong with its files, when it has stopped. */
    List<String> verify() throws IOException;

    /** Ends its processes. */
    @Override
    void close();
  }
}
