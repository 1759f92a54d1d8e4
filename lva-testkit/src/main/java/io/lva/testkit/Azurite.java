package io.lva.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * Microsoft's Blob Storage emulator, running as a separate process on a port of the loopback
 * interface. If it is not installed, starting it skips or fails the test, as described in {@link
 * Judges}.
 */
public final class Azurite implements AutoCloseable {
  private static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
  private static final String READY = "successfully listens on";

  private final Process process;
  private final int port;
  private final ProcessLog log;

  private Azurite(Process process, int port, ProcessLog log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts an emulator that keeps everything in memory, and listens on a free port.
   *
   * @return the emulator, ready for use
   * @throws IOException when it does not start
   */
  public static Azurite start() throws IOException {
    return start(freePort());
  }

  /**
   * Starts an emulator that keeps everything in memory and listens on a port.
   *
   * @param port a port that was free a moment ago
   * @return the emulator, ready for use
   * @throws IOException when it does not start
   */
  public static Azurite start(int port) throws IOException {
    Path packages = Judges.requireNodePackages("azurite");
    Process process =
        new ProcessBuilder(
                "node",
                packages.resolve("azurite/dist/src/blob/main.js").toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--disableTelemetry",
                "--skipApiVersionCheck",
                "--inMemoryPersistence")
            .redirectErrorStream(true)
            .start();
    return new Azurite(process, port, ProcessLog.awaitReady(process, READY));
  }

  /**
   * Finds a free port.
   *
   * @return a port that was free a moment ago
   * @throws IOException when there is none
   */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Waits for a line of the access log, which has one line per request, and returns the log. The
   * emulator prints each line after its answer. Fails the test when the line does not come within
   * 30 s.
   *
   * @param last a part of the awaited line
   * @return the lines of the log so far
   * @throws InterruptedException when the test is stopped
   */
  public List<String> requestsUpTo(String last) throws InterruptedException {
    return log.linesUntil(line -> line.contains(last), 1);
  }

  /**
   * Returns the address of the account.
   *
   * @return the URL, without a slash at the end
   */
  public String endpoint() {
    return endpoint(port);
  }

  private static String endpoint(int port) {
    return "http://127.0.0.1:" + port + '/' + ACCOUNT;
  }

  /**
   * Returns the name of the account.
   *
   * @return the well-known name
   */
  public String account() {
    return ACCOUNT;
  }

  /**
   * Returns the key of the account.
   *
   * @return the well-known key
   */
  public String key() {
    return KEY;
  }

  /**
   * Returns the connection string for clients.
   *
   * @return the connection string, with the well-known key
   */
  public String connectionString() {
    return connectionString(port);
  }

  /**
   * Returns a connection string for use before the emulator runs, or when there is a proxy in front
   * of it.
   *
   * @param port where the client is to connect
   * @return the connection string, with the well-known key
   */
  public static String connectionString(int port) {
    return "DefaultEndpointsProtocol=http;AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";BlobEndpoint="
        + endpoint(port)
        + ';';
  }

  /**
   * Returns the ID of the process.
   *
   * @return the process ID, for sending signals
   */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
