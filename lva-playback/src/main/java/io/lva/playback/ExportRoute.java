package io.lva.playback;

import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.export.ExportException;
import io.lva.asset.format.TimeRange;
import io.lva.asset.format.Utc;
import io.lva.spi.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Answers {@code export(startTime=…,endTime=…).mp4} with the range as one progressive MP4 file,
 * read from the segments while it is sent.
 *
 * <p>Thread-safe.
 */
final class ExportRoute {
  /**
   * The index of a longer file takes memory for each of its pictures: the command line has more.
   */
  private static final Duration LONGEST = Duration.ofHours(4);

  private static final int MOST_AT_ONCE = 4;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final Semaphore laidOut = new Semaphore(MOST_AT_ONCE);

  ExportRoute(Clock clock) {
    this.clock = clock;
  }

  /**
   * Answers with a file.
   *
   * @throws PlaybackException with status 400 for a malformed range, 404 when nothing is recorded
   *     in it, 409 when its parts do not fit into one file, 503 while too many others ask
   */
  Response answer(PlayableAsset asset, RouteArguments arguments) throws IOException {
    ManifestRange range = ManifestRange.of(arguments, Utc.instant(clock.utcNanos()));
    if (range.start().isEmpty() || range.end().isEmpty()) {
      throw PlaybackException.badRequest("an export needs a startTime and an endTime");
    }
    Instant start = range.start().get();
    Instant end = range.end().get();
    if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw PlaybackException.badRequest("an export is at most four hours long: ask for less");
    }
    if (asset.reader().sections(start, end).isEmpty()) {
      throw PlaybackException.notFound("nothing is recorded in this range");
    }
    AssetExport export = layOut(asset, start, end);
    Instant first = export.ranges().get(0).start();
    String name = asset.view().folder() + '-' + NAME.format(first) + ".mp4";
    return new Response(200, Map.of("Content-Type", "video/mp4"), new Body(export))
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + name)
        .with("ETag", tag(export))
        .with("Cache-Control", "no-cache");
  }

  private AssetExport layOut(PlayableAsset asset, Instant start, Instant end) throws IOException {
    if (!laidOut.tryAcquire()) {
      throw new PlaybackException(503, "too many exports at once: try again");
    }
    try {
      return AssetExporter.export(asset.reader(), start, end);
    } catch (ExportException e) {
      throw new PlaybackException(409, String.valueOf(e.getMessage()));
    } finally {
      laidOut.release();
    }
  }

  /** What is recorded does not change: the same ranges in as many bytes are the same file. */
  private static String tag(AssetExport export) {
    StringBuilder text = new StringBuilder().append(export.size());
    for (TimeRange range : export.ranges()) {
      text.append(' ').append(range.start()).append(' ').append(range.end());
    }
    return PageResources.tag(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The file; opens a segment when its first byte is asked for. */
  private record Body(AssetExport export) implements Response.Body {
    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    public long size() {
      return export.size();
    }

    @Override
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, BUFFER_BYTES));
      try (export) {
        long end = offset + length;
        for (long at = offset; at < end; at += buffer.limit()) {
          buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
          if (export.read(at, buffer) < 0) {
            throw new EOFException("the export is shorter than its size");
          }
          buffer.flip();
          out.write(buffer.array(), /* off= */ 0, buffer.limit());
        }
      }
    }
  }
}
