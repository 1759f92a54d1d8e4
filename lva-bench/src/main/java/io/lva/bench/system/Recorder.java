package io.lva.bench.system;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that records cameras to MP4 files: this library or a peer. */
interface Recorder {
  /** Returns its name in the table. */
  String name();

  /** Returns whether it can be started on this machine. */
  boolean isInstalled();

  /**
   * Starts recording.
   *
   * @throws IOException when it does not start
   */
  Session start(Load load) throws IOException;

  /** A running recorder. */
  interface Session extends AutoCloseable {
    /** Returns its processes. */
    List<Long> processes();

    /** Returns its resident memory before the first camera; 0 when unknown. */
    long idleBytes();

    /** Returns its own counters by name. */
    Map<String, Long> counters() throws IOException;

    /** Returns the address at which a camera can be watched, if there is one. */
    Optional<URI> playlist(int camera);

    /** Returns the pauses of its garbage collector so far, in order. */
    List<Double> pauseMillis() throws IOException;

    /** Ends the recordings, so that the files are complete. */
    void stop() throws IOException;

    /** Returns the problems that it finds in its files after it has stopped. */
    List<String> verify() throws IOException;

    /** Ends its processes. */
    @Override
    void close();
  }
}
