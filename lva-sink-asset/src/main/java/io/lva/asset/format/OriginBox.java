package io.lva.asset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.media.Bytes;
import io.lva.media.Gap;
import io.lva.media.UtcSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a segment file lies on the time line: the payload of its {@code uuid} box after {@code
 * moov} (docs/asset-format.md). An index is rebuilt from this and the box structure alone.
 *
 * <p>Immutable.
 *
 * @param format version of the asset format of the file
 * @param epoch of the lock under which the file was written; 0 in files of format 1, and in a spool
 *     while the store is unreachable
 * @param run its run
 * @param runNumber number of runs that the asset had before this one; where runs overlap, the one
 *     with the higher number wins
 * @param sequence its place in the run
 * @param tracks time bases of the tracks, master track first
 * @param utcSource where UTC comes from
 * @param utcErrorNanos how far UTC may be off
 * @param gaps why the file does not continue the media before it, in order; empty in the first file
 *     of an asset and in a file that continues its run
 * @param unsyncedStart whether decoding cannot start at its first video sample
 * @param previousHash SHA-256 of the file before it in hexadecimal digits, if it is recorded
 */
public record OriginBox(
    int format,
    long epoch,
    RunId run,
    int runNumber,
    int sequence,
    List<TrackBase> tracks,
    UtcSource utcSource,
    long utcErrorNanos,
    List<Gap> gaps,
    boolean unsyncedStart,
    Optional<String> previousHash) {
  /** The extended type of both boxes that the format defines (ISO/IEC 14496-12, 4.2). */
  public static final UUID EXTENDED_TYPE = UUID.fromString("6c766121-6173-7365-742d-666f726d6174");

  /** The version of the asset format that is written. */
  public static final int FORMAT = 2;

  /**
   * The highest run number that is read; a higher number is treated as damage, because the numbers
   * of later runs must also fit.
   */
  public static final int HIGHEST_RUN_NUMBER = 1_000_000_000;

  /** The highest epoch that is accepted when a file is read. */
  public static final long HIGHEST_EPOCH = 1L << 40;

  /** The longest payload that a box of {@link #EXTENDED_TYPE} may have. */
  public static final int LONGEST_PAYLOAD_BYTES = 64 << 10;

  /** The most gaps a file states. */
  public static final int MAXIMUM_GAPS = 64;

  /**
   * The epoch field of a file that is recorded while the store is unreachable, with room for the
   * epoch under which the file is published later.
   */
  public static final String UNKNOWN_EPOCH = epochText(0);

  private static final long LIMIT = 1L << 60;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the values.
   *
   * @param format 1 to {@link #FORMAT}
   * @param epoch 0 or more
   * @param run its run
   * @param runNumber 0 or more
   * @param sequence 0 or more
   * @param tracks 1 to 16
   * @param utcSource where UTC comes from
   * @param utcErrorNanos 0 or more
   * @param gaps at most 64, each with an end
   * @param unsyncedStart see above
   * @param previousHash 64 hexadecimal digits, or empty
   * @throws IllegalArgumentException when a value is outside its range
   */
  public OriginBox {
    tracks = List.copyOf(tracks);
    gaps = List.copyOf(gaps);
    if (tracks.isEmpty() || tracks.size() > SegmentRow.MAXIMUM_TRACKS) {
      throw new IllegalArgumentException(tracks.size() + " tracks");
    }
    if (format < 1 || format > FORMAT) {
      throw new IllegalArgumentException("format " + format);
    }
    if (epoch < 0 || runNumber < 0 || sequence < 0 || utcErrorNanos < 0) {
      throw new IllegalArgumentException("a number is negative");
    }
    if (gaps.size() > MAXIMUM_GAPS || gaps.stream().anyMatch(gap -> gap.end().isEmpty())) {
      throw new IllegalArgumentException("too many gaps, or one without an end");
    }
    if (previousHash.isPresent() && !HASH.matcher(previousHash.get()).matches()) {
      throw new IllegalArgumentException("not a SHA-256: '" + previousHash.get() + "'");
    }
  }

  /**
   * Describes a file to be written, in the format {@link #FORMAT}.
   *
   * @param epoch 0 or more
   * @param run its run
   * @param runNumber 0 or more
   * @param sequence 0 or more
   * @param tracks 1 to 16
   * @param utcSource where UTC comes from
   * @param utcErrorNanos 0 or more
   * @param gaps at most 64, each with an end
   * @param unsyncedStart see above
   * @param previousHash 64 hexadecimal digits, or empty
   * @throws IllegalArgumentException when a value is outside its range
   */
  public OriginBox(
      long epoch,
      RunId run,
      int runNumber,
      int sequence,
      List<TrackBase> tracks,
      UtcSource utcSource,
      long utcErrorNanos,
      List<Gap> gaps,
      boolean unsyncedStart,
      Optional<String> previousHash) {
    this(
        FORMAT,
        epoch,
        run,
        runNumber,
        sequence,
        tracks,
        utcSource,
        utcErrorNanos,
        gaps,
        unsyncedStart,
        previousHash);
  }

  /**
   * Returns the JSON field that states the epoch of a file, with room for any epoch.
   *
   * @param epoch 0 or more
   * @return the field, padded with spaces to the same length for all epochs
   */
  public static String epochText(long epoch) {
    String number = String.valueOf(epoch);
    int room = String.valueOf(HIGHEST_EPOCH).length() - number.length();
    return "\"epoch\":" + number + " ".repeat(Math.max(0, room));
  }

  /**
   * Writes the payload of the box. An epoch of 0 is padded so that a real epoch can replace it.
   *
   * @return a JSON object in UTF-8
   */
  public Bytes toPayload() {
    ObjectNode origin = AssetJson.object();
    origin.put("kind", "origin").put("format", format).put("epoch", epoch);
    origin.put("run", run.text()).put("runNumber", runNumber).put("sequence", sequence);
    ArrayNode list = origin.putArray("tracks");
    for (TrackBase track : tracks) {
      list.addObject()
          .put("id", track.id())
          .put("timescale", track.timescale())
          .put("base", track.base());
    }
    origin.put("utcSource", utcSource.text()).put("utcErrorNanos", utcErrorNanos);
    if (!gaps.isEmpty()) {
      ArrayNode array = origin.putArray("gaps");
      gaps.forEach(gap -> AssetJson.putGap(array.addObject(), gap));
    }
    if (unsyncedStart) {
      origin.put("unsyncedStart", true);
    }
    previousHash.ifPresent(hash -> origin.put("previousHash", hash));
    byte[] json = AssetJson.bytes(origin);
    if (epoch > 0) {
      return Bytes.copyOf(json);
    }
    String text = new String(json, StandardCharsets.UTF_8);
    return Bytes.copyOf(
        text.replaceFirst("\"epoch\":0", UNKNOWN_EPOCH).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns whether a payload is an origin and not a gap.
   *
   * @param payload of a box of {@link #EXTENDED_TYPE}
   * @return true when its kind is {@code origin}
   * @throws AssetFormatException when it is not a JSON object with a kind
   */
  public static boolean isOrigin(Bytes payload) throws AssetFormatException {
    return AssetJson.text(object(payload), "kind").equals("origin");
  }

  /**
   * Reads the payload of the box.
   *
   * @param payload a JSON object in UTF-8, at most {@link #LONGEST_PAYLOAD_BYTES}
   * @return what it contains
   * @throws AssetFormatException when it is not an origin; {@link LaterFormatException} when a
   *     later version of the format wrote it
   */
  public static OriginBox parse(Bytes payload) throws AssetFormatException {
    ObjectNode origin = object(payload);
    if (!AssetJson.text(origin, "kind").equals("origin")) {
      throw new AssetFormatException("not an origin box");
    }
    int format = (int) AssetJson.number(origin, "format", 1, Integer.MAX_VALUE);
    if (format > FORMAT) {
      throw new LaterFormatException("written by a later version of the asset format");
    }
    try {
      return new OriginBox(
          format,
          AssetJson.epoch(origin),
          new RunId(AssetJson.text(origin, "run")),
          (int) AssetJson.number(origin, "runNumber", 0, HIGHEST_RUN_NUMBER),
          (int) AssetJson.number(origin, "sequence", 0, 999_999_999),
          trackBases(origin.get("tracks")),
          UtcSource.ofText(AssetJson.text(origin, "utcSource")),
          AssetJson.number(origin, "utcErrorNanos", 0, Long.MAX_VALUE),
          gaps(origin.get("gaps")),
          AssetJson.flag(origin, "unsyncedStart"),
          origin.has("previousHash")
              ? Optional.of(AssetJson.text(origin, "previousHash"))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException("origin box: " + e.getMessage(), e);
    }
  }

  static ObjectNode object(Bytes payload) throws AssetFormatException {
    if (payload.size() > LONGEST_PAYLOAD_BYTES) {
      throw new AssetFormatException("a payload of " + payload.size() + " bytes");
    }
    return AssetJson.parse(payload.toByteArray(), "the payload");
  }

  private static List<TrackBase> trackBases(@Nullable JsonNode tracks) throws AssetFormatException {
    if (tracks == null || !tracks.isArray() || tracks.size() > SegmentRow.MAXIMUM_TRACKS) {
      throw new AssetFormatException("'tracks' is not a list of tracks");
    }
    List<TrackBase> bases = new ArrayList<>();
    for (JsonNode track : tracks) {
      bases.add(
          new TrackBase(
              (int) AssetJson.number(track, "id", 1, Integer.MAX_VALUE),
              (int) AssetJson.number(track, "timescale", 1, Integer.MAX_VALUE),
              AssetJson.number(track, "base", -LIMIT, LIMIT)));
    }
    return bases;
  }

  private static List<Gap> gaps(@Nullable JsonNode array) throws AssetFormatException {
    if (array == null) {
      return List.of();
    }
    if (!array.isArray() || array.size() > MAXIMUM_GAPS) {
      throw new AssetFormatException("'gaps' is not a list of at most " + MAXIMUM_GAPS);
    }
    List<Gap> gaps = new ArrayList<>();
    for (JsonNode gap : array) {
      gaps.add(AssetJson.gap(gap));
    }
    return gaps;
  }

  /**
   * The time base of a track. Immutable.
   *
   * @param id number of the track in the file
   * @param timescale ticks per second
   * @param base UTC of the file's zero, in ticks since the Unix epoch
   */
  public record TrackBase(int id, int timescale, long base) {
    /**
     * Creates the time base of a track.
     *
     * @param id number of the track in the file
     * @param timescale ticks per second
     * @param base UTC of the file's zero, in ticks since the Unix epoch
     */
    public TrackBase {}
  }
}
