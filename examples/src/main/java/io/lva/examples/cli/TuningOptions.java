package io.lva.examples.cli;

import io.lva.asset.RecorderOptions;
import io.lva.rtsp.RtspSourceOptions;
import io.lva.runtime.MediaRuntimeBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Limits, timeouts and intervals of a recorder; each has a default. */
final class TuningOptions {
  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "Memory in which media of all cameras may wait for the disk (default: a quarter of the"
              + " heap).")
  private @Nullable Integer memoryMib;

  @Option(
      names = "--part-length",
      paramLabel = "MILLIS",
      description = "Most media that is lost when the process is killed (default: 500).")
  private @Nullable Integer partMillis;

  @Option(
      names = "--sync",
      paramLabel = "SECONDS",
      description = "Most media that is lost when the machine fails (default: 2).")
  private @Nullable Integer syncSeconds;

  @Option(
      names = "--camera-timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a camera's answer or next packet (default: 10).")
  private @Nullable Integer timeoutSeconds;

  @Option(
      names = "--retry-delay",
      paramLabel = "SECONDS",
      description = "Longest delay between attempts to reach a camera (default: 30).")
  private @Nullable Integer retrySeconds;

  @Option(
      names = "--reorder",
      paramLabel = "MILLIS",
      description = "How long a datagram waits for earlier ones (default: 200).")
  private @Nullable Integer reorderMillis;

  @Option(
      names = "--reorder-packets",
      paramLabel = "PACKETS",
      description = "How far apart datagrams may be whose order is restored (default: 512).")
  private @Nullable Integer reorderPackets;

  @Option(
      names = "--rival-hold",
      paramLabel = "MILLIS",
      description =
          "How long packets of another SSRC are held until they are taken for the camera's"
              + " (default: 5000).")
  private @Nullable Integer rivalMillis;

  @Option(
      names = "--upload-limit",
      paramLabel = "MBIT",
      description =
          "Bandwidth in Mbit/s of all uploads to a store in the cloud together (default: no"
              + " limit).")
  private @Nullable Double uploadMegabits;

  @Option(
      names = "--keep-local",
      paramLabel = "MIB",
      description =
          "Uploaded media that is kept in the local cache for players at this machine, together"
              + " (default: 0).")
  private @Nullable Integer copiesMib;

  /** Sets the options that were given, and returns the builder. */
  MediaRuntimeBuilder applyTo(MediaRuntimeBuilder builder) {
    if (memoryMib != null) {
      builder.mediaMemory((long) positive("--memory", memoryMib) << 20);
    }
    return builder
        .option(RecorderOptions.class, recorder())
        .option(RtspSourceOptions.class, source());
  }

  private RecorderOptions recorder() {
    RecorderOptions options = RecorderOptions.defaults();
    if (partMillis != null) {
      options = options.partLength(Duration.ofMillis(positive("--part-length", partMillis)));
    }
    if (syncSeconds != null) {
      options = options.syncInterval(Duration.ofSeconds(positive("--sync", syncSeconds)));
    }
    if (copiesMib != null) {
      options = options.localCopiesMiB(positive("--keep-local", copiesMib));
    }
    return uploadMegabits == null ? options : withUploadLimit(options, uploadMegabits);
  }

  private static RecorderOptions withUploadLimit(RecorderOptions options, double megabits) {
    try {
      return options.uploadLimit(megabits);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--upload-limit must be above 0 Mbit/s, and is " + megabits);
    }
  }

  private RtspSourceOptions source() {
    RtspSourceOptions options = RtspSourceOptions.defaults();
    if (timeoutSeconds != null) {
      Duration timeout = Duration.ofSeconds(positive("--camera-timeout", timeoutSeconds));
      options = options.withTimeouts(timeout, timeout);
    }
    if (retrySeconds != null) {
      options =
          options.withReconnectDelay(
              options.minimumDelay(), Duration.ofSeconds(positive("--retry-delay", retrySeconds)));
    }
    if (rivalMillis != null) {
      options = options.withRivalHold(Duration.ofMillis(positive("--rival-hold", rivalMillis)));
    }
    return withReorder(options);
  }

  private RtspSourceOptions withReorder(RtspSourceOptions options) {
    Duration wait =
        reorderMillis == null
            ? options.reorder()
            : Duration.ofMillis(positive("--reorder", reorderMillis));
    int packets =
        reorderPackets == null
            ? options.reorderPackets()
            : positive("--reorder-packets", reorderPackets);
    try {
      return options.withReorder(wait, packets);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--reorder-packets must be 16384 or less, and is " + packets);
    }
  }

  private static int positive(String option, int value) {
    if (value < 1) {
      throw new CommandFailure(option + " must be 1 or more, and is " + value);
    }
    return value;
  }
}
