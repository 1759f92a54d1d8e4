package io.lva.asset.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.index.TrackRow;
import io.lva.media.GapCause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Writes and reads the lines of the index (docs/asset-format.md).
 *
 * <p>Reading is tolerant: any torn or malformed line is skipped and counted.
 *
 * <p>Immutable.
 */
public final class IndexRowCodec {
  /** The longest line that is read, without its line feed. */
  static final int LONGEST_LINE_BYTES = 4 << 20;

  private IndexRowCodec() {}

  /**
   * Writes a row.
   *
   * @param row any row
   * @param epoch the epoch of the lock under which the line is written; the line of a segment has
   *     the epoch of its file instead
   * @return one line of JSON in UTF-8 and a line feed
   */
  public static byte[] toLine(IndexRow row, long epoch) {
    ObjectNode line = AssetJson.object();
    if (row instanceof SegmentRow segment) {
      putSegment(line, segment);
    } else if (row instanceof GapOpenRow open) {
      AssetJson.putGap(line.put("row", "gap-open").put("epoch", epoch), open.gap());
    } else if (row instanceof GapCloseRow close) {
      AssetJson.putGap(line.put("row", "gap-close").put("epoch", epoch), close.gap());
      line.put("bridged", close.bridged());
    } else if (row instanceof TombstoneRow tombstone) {
      putTombstone(line.put("row", "tombstone").put("epoch", epoch), tombstone);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.writeBytes(AssetJson.bytes(line));
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /**
   * Reads a line.
   *
   * @param line one JSON object in UTF-8, with or without the line feed
   * @return the row
   * @throws AssetFormatException when it is not a row of this version, or is torn
   */
  public static IndexRow parseLine(byte[] line) throws AssetFormatException {
    return readLine(line).row();
  }

  /**
   * Reads a line.
   *
   * @param line as {@link #parseLine} takes it
   * @return the row, with the epoch of its line
   * @throws AssetFormatException when it is not a row of this version, or is torn
   */
  public static EpochRow readLine(byte[] line) throws AssetFormatException {
    return parseLine(line, 0, line.length);
  }

  /**
   * A row and the epoch of its line. Immutable.
   *
   * @param row any row
   * @param epoch for a segment, the epoch of its file; for any other row, the epoch of the lock
   *     under which it was written
   */
  public record EpochRow(IndexRow row, long epoch) {
    /**
     * Creates a row with its epoch.
     *
     * @param row any row
     * @param epoch see above
     */
    public EpochRow {}
  }

  private static EpochRow parseLine(byte[] lines, int from, int length)
      throws AssetFormatException {
    if (length > LONGEST_LINE_BYTES) {
      throw new AssetFormatException("a line of " + length + " bytes");
    }
    try (JsonParser in = AssetJson.FACTORY.createParser(lines, from, length)) {
      boolean segment =
          in.nextToken() == JsonToken.START_OBJECT
              && "row".equals(in.nextFieldName())
              && "segment".equals(in.nextTextValue());
      if (!segment) {
        return parseOther(Arrays.copyOfRange(lines, from, from + length));
      }
      SegmentRow row = SegmentRowParser.parse(in);
      if (in.nextToken() != null) {
        throw new AssetFormatException("something follows the row");
      }
      return new EpochRow(row, row.epoch());
    } catch (AssetFormatException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new AssetFormatException("not a row: " + e.getMessage(), e);
    }
  }

  private static EpochRow parseOther(byte[] line) throws AssetFormatException {
    ObjectNode row = AssetJson.parse(line, "the line");
    String kind = AssetJson.text(row, "row");
    try {
      IndexRow parsed =
          switch (kind) {
            case "gap-open" -> new GapOpenRow(AssetJson.gap(row));
            case "gap-close" -> new GapCloseRow(AssetJson.gap(row), AssetJson.flag(row, "bridged"));
            case "tombstone" -> tombstone(row);
            default -> throw new AssetFormatException("unknown row '" + kind + "'");
          };
      return new EpochRow(parsed, AssetJson.epoch(row));
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException("row '" + kind + "': " + e.getMessage(), e);
    }
  }

  /**
   * Reads all lines of an index file, or of its beginning.
   *
   * @param bytes lines; the last one is skipped if it is torn
   * @param rows receives the rows in order
   * @return what was skipped
   */
  public static Skipped parseLines(byte[] bytes, Consumer<IndexRow> rows) {
    return parseLines(bytes, 0, (row, epoch) -> rows.accept(row));
  }

  /** Receives a row and the epoch of its line. */
  @FunctionalInterface
  interface LineConsumer {
    void line(IndexRow row, long epoch);
  }

  static Skipped parseLines(byte[] bytes, int from, LineConsumer rows) {
    int malformed = 0;
    int start = from;
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        if (i > start) {
          try {
            EpochRow line = parseLine(bytes, start, i - start);
            rows.line(line.row(), line.epoch());
          } catch (AssetFormatException e) {
            malformed++;
          }
        }
        start = i + 1;
      }
    }
    return new Skipped(malformed, bytes.length - start);
  }

  /**
   * What reading left out. Immutable.
   *
   * @param malformedLines complete lines that are not rows
   * @param tornBytes bytes after the last line feed
   */
  public record Skipped(int malformedLines, int tornBytes) {
    /**
     * Creates the counts of what was skipped.
     *
     * @param malformedLines complete lines that are not rows
     * @param tornBytes bytes after the last line feed
     */
    public Skipped {}
  }

  private static void putSegment(ObjectNode line, SegmentRow row) {
    line.put("row", "segment");
    line.put("epoch", row.epoch());
    line.put("run", row.run().text());
    line.put("runNumber", row.runNumber());
    line.put("sequence", row.sequence());
    line.put("file", row.file());
    line.put("bytes", row.sizeBytes());
    line.put("continues", row.continues());
    if (row.unsyncedStart()) {
      line.put("unsyncedStart", true);
    }
    ArrayNode tracks = line.putArray("tracks");
    row.tracks().forEach(track -> putTrack(tracks.addObject(), track));
  }

  private static void putTrack(ObjectNode object, TrackRow track) {
    object.put("id", track.id());
    object.put("timescale", track.timescale());
    object.put("base", track.base());
    object.put("start", track.start());
    object.put("init", track.init());
    object.put("codec", track.codec());
    if (track.width() > 0 || track.height() > 0) {
      object.put("width", track.width());
      object.put("height", track.height());
    }
    ArrayNode fragments = object.putArray("fragments");
    for (int i = 0; i < track.fragments().count(); i++) {
      fragments.add(track.fragments().offset(i));
      fragments.add(track.fragments().length(i));
      fragments.add(track.fragments().durationTicks(i));
    }
    int[] dependent = track.fragments().dependent().toArray();
    if (dependent.length > 0) {
      ArrayNode numbers = object.putArray("dependent");
      IntStream.of(dependent).forEach(numbers::add);
    }
  }

  private static void putTombstone(ObjectNode line, TombstoneRow row) {
    line.put("run", row.run().text());
    line.put("sequence", row.sequence());
    line.put("file", row.file());
    line.put("start", row.start().toString());
    line.put("end", row.end().toString());
    line.put("cause", row.cause().text());
  }

  private static TombstoneRow tombstone(ObjectNode row) throws AssetFormatException {
    return new TombstoneRow(
        new RunId(AssetJson.text(row, "run")),
        (int) AssetJson.number(row, "sequence", 0, Integer.MAX_VALUE),
        AssetJson.text(row, "file"),
        AssetJson.instant(row, "start"),
        AssetJson.instant(row, "end"),
        GapCause.ofText(AssetJson.text(row, "cause")));
  }
}
