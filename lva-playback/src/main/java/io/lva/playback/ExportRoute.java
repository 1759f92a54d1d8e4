package io.lva.playback;

import io.lva.asset.Fragment;
import io.lva.asset.KeptMedia;
import io.lva.asset.RunSection;
import io.lva.asset.Stretch;
import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.export.ExportException;
import io.lva.asset.export.ExportSound;
import io.lva.asset.format.Utc;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.StoreFeature;
import io.lva.playback.address.ManifestRange;
import io.lva.playback.address.PlaybackException;
import io.lva.playback.address.RouteArguments;
import io.lva.playback.http.BodyReader;
import io.lva.playback.http.EntityTag;
import io.lva.playback.http.Response;
import io.lva.playback.window.PlayableAsset;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Answers {@code export(startTime=…,endTime=…).mp4} with the range as one progressive MP4 file,
 * read from the segments while it is sent; with {@code audio=flac}, G.711 becomes FLAC.
 *
 * <p>Thread-safe.
 */
final class ExportRoute {
  private static final System.Logger LOG = System.getLogger(ExportRoute.class.getName());

  /**
   * Longer exports are left to the command line, which has more memory: the index of the file takes
   * memory for each picture.
   */
  private static final Duration LONGEST = Duration.ofHours(4);

  private static final int MOST_AT_ONCE = 4;

  /** One export keeps at most the memory of all answers divided by this number. */
  private static final int KEPT_FRACTION = 8;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final MediaMemory memory;
  private final Semaphore laidOut = new Semaphore(MOST_AT_ONCE);

  ExportRoute(Clock clock, MediaMemory memory) {
    this.clock = clock;
    this.memory = memory;
  }

  /**
   * Answers with a file.
   *
   * @return the file; the stage fails with status 409 when the parts of the range do not fit into
   *     one file, 503 when too many other requests are being served
   * @throws PlaybackException with status 400 when the range is incomplete, malformed or longer
   *     than four hours, or the {@code audio} argument is unknown; 404 when nothing is recorded in
   *     the range
   */
  CompletionStage<Response> answer(PlayableAsset asset, RouteArguments arguments)
      throws IOException {
    ManifestRange range = ManifestRange.of(arguments, Utc.instant(clock.utcNanos()));
    if (range.start().isEmpty() || range.end().isEmpty()) {
      throw PlaybackException.badRequest("an export needs a startTime and an endTime");
    }
    Instant start = range.start().get();
    Instant end = range.end().get();
    if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw PlaybackException.badRequest("an export is at most four hours long: ask for less");
    }
    List<RunSection> sections = asset.reader().sections(start, end);
    if (sections.isEmpty()) {
      throw PlaybackException.notFound("nothing is recorded in this range");
    }
    ExportSound sound = sound(arguments);
    boolean onDisk = asset.view().store().features().contains(StoreFeature.IN_PLACE);
    long spareBytes = onDisk ? 0 : keptBytes(sections);
    return memory
        .take(onDisk ? 0 : Stretch.WINDOW_BYTES)
        .thenApply(
            window -> answer(asset, start, end, sound, window, memory.takeSpare(spareBytes)));
  }

  /**
   * Returns how many bytes to keep of the media that is read to lay out an export, so that a short
   * export is read only once. They stay in memory for as long as a slow client reads, so players
   * have priority.
   */
  private long keptBytes(List<RunSection> sections) {
    long media =
        sections.stream()
            .flatMap(section -> section.tracks().stream())
            .flatMap(track -> track.fragments().stream())
            .mapToLong(Fragment::lengthBytes)
            .sum();
    return Math.min(media + Stretch.WINDOW_BYTES, memory.totalBytes() / KEPT_FRACTION);
  }

  private Response answer(
      PlayableAsset asset,
      Instant start,
      Instant end,
      ExportSound sound,
      MediaMemory.Reservation window,
      MediaMemory.Reservation spare) {
    AssetExport export;
    boolean done = false;
    try {
      export = layOut(asset, start, end, sound, new KeptMedia(spare.bytes()));
      done = true;
    } catch (IOException e) {
      throw new CompletionException(e);
    } finally {
      if (!done) {
        spare.close();
        window.close();
      }
    }
    Instant first = export.ranges().get(0).start();
    String name = asset.view().folder() + '-' + NAME.format(first) + ".mp4";
    return new Response(200, Map.of("Content-Type", "video/mp4"), new Body(export, window, spare))
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + name)
        .with("ETag", tag(export))
        .with("Cache-Control", "no-cache");
  }

  private static ExportSound sound(RouteArguments arguments) {
    String wanted = arguments.value("audio").orElse("as-sent");
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "as-sent" -> ExportSound.AS_SENT;
      case "flac" -> ExportSound.FLAC;
      default -> throw PlaybackException.badRequest("audio is as-sent or flac");
    };
  }

  private AssetExport layOut(
      PlayableAsset asset, Instant start, Instant end, ExportSound sound, KeptMedia kept)
      throws IOException {
    if (!laidOut.tryAcquire()) {
      throw new PlaybackException(503, "too many exports at once: try again");
    }
    try {
      return AssetExporter.export(asset.reader(), start, end, sound, kept);
    } catch (ExportException e) {
      throw new PlaybackException(409, String.valueOf(e.getMessage()));
    } finally {
      laidOut.release();
    }
  }

  /** Names a file by its ranges and its size, which are enough: recorded media never changes. */
  private static String tag(AssetExport export) {
    StringBuilder text = new StringBuilder().append(export.size());
    for (TimeRange range : export.ranges()) {
      text.append(' ').append(range.start()).append(' ').append(range.end());
    }
    return EntityTag.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The body of the file. Opens a segment when its first byte is asked for. */
  private record Body(
      AssetExport export, MediaMemory.Reservation window, MediaMemory.Reservation spare)
      implements Response.Body {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(export.size());
    }

    @Override
    public BodyReader open(long offset, long length) {
      return new Reader(export, offset, offset + length);
    }

    @Override
    public void close() {
      spare.close();
      window.close();
    }
  }

  /** Reads a range of the file. */
  private static final class Reader implements BodyReader.Stored {
    private final AssetExport export;
    private final long end;
    private long at;

    Reader(AssetExport export, long start, long end) {
      this.export = export;
      this.at = start;
      this.end = end;
    }

    @Override
    public int readNow(ByteBuffer buffer) throws IOException {
      if (at == end) {
        return -1;
      }
      buffer.limit((int) Math.min(buffer.limit(), buffer.position() + end - at));
      int count = export.read(at, buffer);
      at += Math.max(0, count);
      return count;
    }

    @Override
    public void close() {
      try {
        export.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a segment was not closed", e);
      }
    }
  }
}
