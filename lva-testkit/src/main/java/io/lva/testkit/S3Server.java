package io.lva.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that speaks the S3 protocol, running as a separate process on a port of the loopback
 * interface. If its program is missing, starting it skips or fails the test, as described in {@link
 * Judges}.
 */
public final class S3Server implements AutoCloseable {
  private static final String KEY_ID = "recorder";
  private static final String ACCESS = "access ";
  private static final String SECRET = "c2VjcmV0LW9mLXRoZS1yZWNvcmRlcg";

  private final Process process;
  private final URI endpoint;
  private final ProcessLog log;

  private S3Server(Process process, int port, ProcessLog log) {
    this.process = process;
    this.endpoint = endpoint(port);
    this.log = log;
  }

  private static URI endpoint(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts Adobe's S3Mock, which accepts any credentials and keeps its files in a folder of its own
   * until it ends.
   *
   * @param buckets the buckets that exist from the beginning
   * @return the server, ready for use
   * @throws IOException when it does not start
   */
  public static S3Server mock(String... buckets) throws IOException {
    return mock(Azurite.freePort(), buckets);
  }

  /**
   * Starts Adobe's S3Mock on a port.
   *
   * @param port a port that was free a moment ago
   * @param buckets the buckets that exist from the beginning
   * @return the server, ready for use
   * @throws IOException when it does not start
   */
  public static S3Server mock(int port, String... buckets) throws IOException {
    return start(
        port,
        "Started S3MockApplication",
        Map.of("COM_ADOBE_TESTING_S3MOCK_STORE_INITIAL_BUCKETS", String.join(",", buckets)),
        List.of(
            "-jar",
            Judges.requireJar("s3mock-exec").toString(),
            "--http.port=" + port,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--server.tomcat.accesslog.enabled=true",
            "--server.tomcat.accesslog.buffered=false",
            "--server.tomcat.accesslog.pattern=" + ACCESS + "%s %r",
            "--server.tomcat.accesslog.directory=/dev",
            "--server.tomcat.accesslog.prefix=stdout",
            "--server.tomcat.accesslog.suffix=",
            "--server.tomcat.accesslog.rotate=false"));
  }

  /**
   * Starts S3Proxy, which checks signatures and keeps everything in memory.
   *
   * @param folder for its configuration
   * @return the server, ready for use and without buckets
   * @throws IOException when it does not start
   */
  public static S3Server proxy(Path folder) throws IOException {
    int port = Azurite.freePort();
    Path configuration =
        Files.write(
            folder.resolve("s3proxy.conf"),
            List.of(
                "s3proxy.endpoint=" + endpoint(port),
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + KEY_ID,
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=transient-nio2"));
    return start(
        port,
        "ServerConnector@",
        Map.of(),
        List.of(
            "-jar",
            Judges.requireJar("s3proxy-jar-with-dependencies").toString(),
            "--properties",
            configuration.toString()));
  }

  private static S3Server start(
      int port, String ready, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new S3Server(process, port, ProcessLog.awaitReady(process, ready));
  }

  /**
   * Waits for lines of the access log of S3Mock, and returns the log. The log has one line per
   * request: the word {@code access}, the status of the answer, the method, and the path with the
   * query. Fails the test when the lines do not come within 30 s.
   *
   * @param awaited a regular expression that matches each awaited line as a whole
   * @param count how many such lines to wait for
   * @return the lines of the log so far, in the order of the answers
   * @throws InterruptedException when the test is stopped
   */
  public List<String> requestsUntil(String awaited, int count) throws InterruptedException {
    return log.linesUntil(line -> line.startsWith(ACCESS) && line.matches(awaited), count).stream()
        .filter(line -> line.startsWith(ACCESS))
        .toList();
  }

  /**
   * Returns the address of the server.
   *
   * @return the URL, without a path
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Returns the name of the key that the server knows.
   *
   * @return the access key ID
   */
  public static String keyId() {
    return KEY_ID;
  }

  /**
   * Returns the secret of the key that the server knows.
   *
   * @return the secret access key
   */
  public static String secret() {
    return SECRET;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
