package io.lva.rtspsim;

import io.lva.spi.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A simulated camera: an RTSP server that plays {@code /pattern}, which shows a running clock,
 * {@code /pattern-with-sound}, which adds a beep at the start of each second, and every file of a
 * folder as {@code /media/NAME}, in a loop and in real time.
 *
 * <p>Clients get RTP within the RTSP connection. RTCP sender reports carry the time at which the
 * pictures were taken. {@link #faults} makes the simulator misbehave.
 *
 * <p>Thread-safe.
 */
public final class CameraSimulator implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CameraSimulator.class.getName());

  private final SimulatorContext context;
  private final MediaFolder folder;
  private final PatternSource pattern;
  private final SimulatorServer server;

  private CameraSimulator(Builder builder, MediaFolder folder) throws IOException {
    this.folder = folder;
    MediaClock clock = new MediaClock(builder.clock, builder.speed);
    pattern = new PatternSource(clock::utcNanos, builder.patternScale, builder.patternGroup);
    Map<String, MediaSource> sources = new java.util.HashMap<>(folder.sources());
    sources.put("/pattern", pattern);
    sources.put("/pattern-with-sound", new PatternWithSound(pattern));
    context =
        new SimulatorContext(
            sources,
            folder.rejected(),
            new LoginCheck(builder.credentials, builder.schemes),
            builder.faults,
            clock,
            new SimulatorContext.Delivery(
                builder.burst, builder.paced, builder.seed, builder.sessionTimeout));
    server =
        new SimulatorServer(
            context,
            new SimulatorServer.Options(
                builder.threads, builder.maximumConnections, builder.clientBufferBytes),
            new InetSocketAddress(builder.address, builder.port));
    folder.rejected().forEach((path, why) -> LOG.log(Level.INFO, "no {0}: {1}", path, why));
  }

  /**
   * Begins to configure a simulator.
   *
   * @return a builder with the defaults: the loopback address, a free port, no media folder, no
   *     credentials
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the port on which the simulator listens.
   *
   * @return the port, even while connections are refused
   */
  public int port() {
    return server.address().getPort();
  }

  /**
   * Returns the URL of a source.
   *
   * @param path such as {@code /pattern} or {@code /media/door.mp4}
   * @return the URL, for example {@code rtsp://127.0.0.1:8554/pattern}
   * @throws IllegalArgumentException when the path does not begin with a slash
   */
  public URI uri(String path) {
    try {
      String host = server.address().getAddress().getHostAddress();
      return new URI("rtsp", null, host, port(), path, null, null);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("path " + path, malformed);
    }
  }

  /**
   * Returns what can be played.
   *
   * @return the paths in alphabetical order
   */
  public Set<String> paths() {
    return new TreeSet<>(context.sources().keySet());
  }

  /**
   * Returns the files of the media folder that cannot be played.
   *
   * @return what is wrong, by the path that the file would have had
   */
  public Map<String, String> rejected() {
    return context.rejected();
  }

  /**
   * Returns the switches that make the simulator misbehave.
   *
   * @return the faults, which affect all clients
   */
  public Faults faults() {
    return context.faults();
  }

  /**
   * Returns what the simulator has done so far.
   *
   * @return a snapshot of its counts
   */
  public SimulatorStatistics statistics() {
    return context.counters().snapshot();
  }

  /** Closes all connections; clients may connect again at once. */
  public void dropConnections() {
    server.dropConnections();
  }

  /**
   * Closes all connections and refuses new ones for a while.
   *
   * @param duration from now; afterwards the same port is open again
   */
  public void outage(Duration duration) {
    server.shut(duration);
  }

  /**
   * Asks for other credentials from now on; clients that are playing go on.
   *
   * @param user name of the user
   * @param password kept in memory, never printed
   */
  public void changeCredentials(String user, String password) {
    LoginCheck.Login changed = new LoginCheck.Login(user, password);
    context.authenticator().change(Optional.of(changed));
  }

  /** Makes the nonce of Digest authentication stale, as cameras do from time to time. */
  public void renewNonce() {
    context.authenticator().renewNonce();
  }

  /**
   * Changes the size of the pattern at the first key frame after a delay.
   *
   * @param scale 1 for 640 x 360 pixels, 2 for 1280 x 720, 3 for 1920 x 1080
   * @param after the delay from now, in the time of the simulated world
   * @throws IllegalArgumentException when there is no such scale
   */
  public void changePatternScale(int scale, Duration after) {
    pattern.changeScale(scale, context.clock().utcNanos() + after.toNanos());
  }

  /** Stops serving, and returns when all connections are closed. */
  @Override
  public void close() {
    server.close();
    folder.close();
  }

  /** Configures a simulator. */
  public static final class Builder {
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private Optional<Path> media = Optional.empty();
    private Optional<LoginCheck.Login> credentials = Optional.empty();
    private List<AuthenticationScheme> schemes =
        List.of(AuthenticationScheme.DIGEST, AuthenticationScheme.BASIC);
    private final Faults faults = new Faults();
    private Clock clock = Clock.system();
    private double speed = 1;
    private boolean paced = true;
    private boolean burst;
    private long seed = 1;
    private int patternScale = 1;
    private int patternGroup = PatternEncoder.GROUP_FRAMES;
    private int threads = 2;
    private int maximumConnections = 1024;
    private int clientBufferBytes = 4 << 20;
    private Duration sessionTimeout = Duration.ofSeconds(60);

    private Builder() {}

    /**
     * Sets where to listen.
     *
     * @param local the address; loopback unless set
     * @return this
     */
    public Builder address(InetAddress local) {
      address = local;
      return this;
    }

    /**
     * Sets the port.
     *
     * @param number 0, the default, for a free port
     * @return this
     */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /**
     * Serves the files that are in a folder when the simulator starts: MP4 ({@code .mp4, .m4v,
     * .mov}), progressive or fragmented, with H.264 or H.265 and optionally AAC, Opus or G.711, and
     * Annex B H.264 ({@code .h264, .264}).
     *
     * @param folder its first 1000 files by name are looked at; its subfolders are not searched
     * @return this
     */
    public Builder media(Path folder) {
      media = Optional.of(folder);
      return this;
    }

    /**
     * Asks clients for a user name and a password.
     *
     * @param user name of the user
     * @param password kept in memory, never printed
     * @return this
     */
    public Builder credentials(String user, String password) {
      credentials = Optional.of(new LoginCheck.Login(user, password));
      return this;
    }

    /**
     * Sets how clients are asked for a user name and a password.
     *
     * @param inOrder the schemes, offered in this order; by default Digest, then Basic
     * @return this
     */
    public Builder authentication(AuthenticationScheme... inOrder) {
      schemes = List.of(inOrder);
      return this;
    }

    /**
     * Returns the faults that apply from the start. The running simulator uses the same switches;
     * see {@link CameraSimulator#faults}.
     *
     * @return the switches
     */
    public Faults faults() {
      return faults;
    }

    /**
     * Sets the clock.
     *
     * @param source the clock; by default the host's
     * @return this
     */
    public Builder clock(Clock source) {
      clock = source;
      return this;
    }

    /**
     * Makes the time of the simulated world run faster or slower; sender reports carry that time.
     *
     * @param factor above 0 and at most 1000; 1, the default, is real time
     * @return this
     * @throws IllegalArgumentException when it is not above 0 and at most 1000
     */
    public Builder speed(double factor) {
      if (!(factor > 0 && factor <= 1000)) {
        throw new IllegalArgumentException("speed " + factor);
      }
      speed = factor;
      return this;
    }

    /**
     * Sends media as fast as each client takes it; sender reports carry the media's own time.
     *
     * @return this
     */
    public Builder asFastAsPossible() {
      paced = false;
      return this;
    }

    /**
     * Sets whether a client begins with a burst of everything since the latest key frame, as with
     * many cameras, instead of waiting for the next one.
     *
     * @param on false unless set
     * @return this
     */
    public Builder burst(boolean on) {
      burst = on;
      return this;
    }

    /**
     * Sets the seed of everything random.
     *
     * @param number 1 unless set
     * @return this
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * Sets the size of the pattern.
     *
     * @param scale 1, the default, for 640 x 360 pixels, 2 for 1280 x 720, 3 for 1920 x 1080
     * @return this
     */
    public Builder patternScale(int scale) {
      patternScale = scale;
      return this;
    }

    /**
     * Sets the distance between the key frames of the pattern.
     *
     * @param distance at least one picture, rounded down to whole pictures; 2 s unless set
     * @return this
     * @throws IllegalArgumentException when it is shorter than a picture, or longer than 2^31 - 1
     *     pictures
     */
    public Builder patternGroup(Duration distance) {
      long frames = distance.toMillis() / PatternEncoder.FRAME_MILLIS;
      if (frames < 1 || frames > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a group of " + distance);
      }
      patternGroup = (int) frames;
      return this;
    }

    /**
     * Sets how many threads serve all clients.
     *
     * @param number at least 1; 2 unless set
     * @return this
     */
    public Builder threads(int number) {
      threads = number;
      return this;
    }

    /**
     * Limits how many clients may be connected at a time; further connections are closed.
     *
     * @param number 1024 unless set
     * @return this
     */
    public Builder maximumConnections(int number) {
      maximumConnections = number;
      return this;
    }

    /**
     * Limits how much data may wait for one client; beyond that, the rest of the group of pictures
     * is dropped.
     *
     * @param bytes 4 MiB unless set, at least 64 KiB
     * @return this
     * @throws IllegalArgumentException when it is less
     */
    public Builder clientBufferBytes(int bytes) {
      if (bytes < 64 * 1024) {
        throw new IllegalArgumentException("client buffer of " + bytes + " bytes");
      }
      clientBufferBytes = bytes;
      return this;
    }

    /**
     * Sets the time after which a silent client is forgotten.
     *
     * @param timeout 60 s unless set, at least 1 s
     * @return this
     * @throws IllegalArgumentException when it is shorter
     */
    public Builder sessionTimeout(Duration timeout) {
      if (timeout.toSeconds() < 1) {
        throw new IllegalArgumentException("session timeout " + timeout);
      }
      sessionTimeout = timeout;
      return this;
    }

    /**
     * Starts to serve.
     *
     * @return a running simulator, which must be closed
     * @throws IOException when the port is in use, or the folder cannot be read
     * @throws IllegalArgumentException when an option is out of range
     */
    public CameraSimulator start() throws IOException {
      MediaFolder folder = media.isEmpty() ? MediaFolder.none() : MediaFolder.read(media.get());
      boolean started = false;
      try {
        CameraSimulator simulator = new CameraSimulator(this, folder);
        started = true;
        return simulator;
      } finally {
        if (!started) {
          folder.close();
        }
      }
    }
  }
}
