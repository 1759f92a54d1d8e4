package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.MediaType;
import io.lva.media.ParameterSetPlace;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a fragmented file: {@code ftyp} and {@code moov} (ISO/IEC 14496-12 clauses 4.3 and
 * 8.2).
 *
 * <pre>
 * ftyp  iso6; iso6 cmfc cmf2 mp41
 * moov
 *   mvhd  version 1: creation time of the file
 *   trak  one per track
 *     tkhd
 *     mdia
 *       mdhd  timescale
 *       hdlr
 *       minf
 *         vmhd, dinf
 *         stbl  stsd with avc1 and avcC; stts, stsc, stsz, stco without entries
 *   mvex
 *     trex  one per track
 * </pre>
 *
 * <p>Only the creation time depends on the recording, and {@link #forTrack} leaves that out: equal
 * parameters give equal bytes, so players see one init segment for all files of a camera. There is
 * no {@code btrt}, {@code udta} or {@code meta}.
 *
 * <p>Immutable.
 */
public final class InitSegment {
  /** The largest head that is read: 1 MiB. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final int MAXIMUM_TRACKS = 64;
  private static final int ID_DIGITS = 8;

  private final List<TrackEntry> entries;
  private final Map<Integer, TrackDefaults> defaults;
  private final long creationTime;
  private final Bytes bytes;

  private InitSegment(
      List<TrackEntry> entries,
      Map<Integer, TrackDefaults> defaults,
      long creationTime,
      Bytes bytes) {
    this.entries = List.copyOf(entries);
    this.defaults = Map.copyOf(defaults);
    this.creationTime = creationTime;
    this.bytes = bytes;
  }

  /**
   * Builds the head of a file whose parameter sets are in the sample entries ({@code avc1}).
   *
   * @param tracks at least one
   * @param creationTime start of the recording of the file, stored with a precision of one second
   * @return the head
   * @throws IllegalArgumentException when there is no track, or a track has a codec without a
   *     sample entry
   */
  public static InitSegment of(TrackSet tracks, Instant creationTime) {
    return of(tracks, creationTime, ParameterSetPlace.SAMPLE_ENTRY);
  }

  /**
   * Builds the head of a file.
   *
   * @param tracks at least one
   * @param creationTime start of the recording of the file, stored with a precision of one second
   * @param place place of the parameter sets of video
   * @return the head
   * @throws IllegalArgumentException when there is no track, or a track has a codec without a
   *     sample entry
   */
  public static InitSegment of(TrackSet tracks, Instant creationTime, ParameterSetPlace place) {
    if (tracks.tracks().isEmpty()) {
      throw new IllegalArgumentException("a file needs a track");
    }
    List<TrackEntry> entries =
        tracks.tracks().stream().map(track -> TrackEntry.of(track, place)).toList();
    return build(entries, creationTime.getEpochSecond() + InitWriter.SECONDS_FROM_1904_TO_1970);
  }

  private static InitSegment build(List<TrackEntry> entries, long creationTime) {
    return new InitSegment(
        entries, Map.of(), creationTime, InitWriter.write(entries, creationTime));
  }

  /**
   * Reads the head of a file, whichever program wrote it.
   *
   * @param head {@code ftyp} and {@code moov} and possibly boxes between them, from position to
   *     limit; the position is not moved
   * @return the head; its bytes are those given
   * @throws Mp4Exception when a box is missing or malformed, or exceeds a limit
   */
  public static InitSegment parse(ByteBuffer head) throws Mp4Exception {
    if (head.remaining() > MAXIMUM_BYTES) {
      throw new Mp4Exception("a head of " + head.remaining() + " bytes");
    }
    BoxCursor cursor = new BoxCursor(head);
    while (cursor.next()) {
      if (cursor.type() == BoxType.MOOV) {
        return parse(cursor.payload(), Bytes.copyOf(head));
      }
    }
    throw new Mp4Exception("no 'moov' box");
  }

  private static InitSegment parse(BoxPayload moov, Bytes bytes) throws Mp4Exception {
    BoxPayload mvhd = BoxCursor.require(moov, BoxType.MVHD);
    long creationTime = mvhd.unsigned(mvhd.versionAndFlags() >>> 24 != 0);
    List<TrackEntry> entries = new ArrayList<>();
    Map<Integer, TrackDefaults> defaults = trackDefaults(moov);
    BoxCursor cursor = moov.boxes();
    while (cursor.next()) {
      if (cursor.type() == BoxType.TRAK) {
        entries.add(TrackBox.parse(cursor.payload()).entry());
      }
    }
    long ids = entries.stream().map(entry -> entry.track().id()).distinct().count();
    if (entries.isEmpty() || entries.size() > MAXIMUM_TRACKS || ids < entries.size()) {
      throw new Mp4Exception("'moov' with " + entries.size() + " tracks, " + ids + " numbers");
    }
    return new InitSegment(entries, defaults, creationTime, bytes);
  }

  /** Reads the {@code trex} boxes of a {@code moov}, by track number. */
  static Map<Integer, TrackDefaults> trackDefaults(BoxPayload moov) throws Mp4Exception {
    Map<Integer, TrackDefaults> defaults = new HashMap<>();
    Optional<BoxPayload> mvex = BoxCursor.find(moov, BoxType.MVEX);
    if (mvex.isEmpty()) {
      return defaults;
    }
    BoxCursor cursor = mvex.get().boxes();
    while (cursor.next()) {
      if (cursor.type() == BoxType.TREX) {
        BoxPayload trex = cursor.payload();
        trex.versionAndFlags();
        int trackId = trex.i32();
        trex.skip(4);
        defaults.put(trackId, new TrackDefaults(trex.count(), trex.count(), trex.i32()));
      }
    }
    return defaults;
  }

  /**
   * Returns the tracks.
   *
   * @return the tracks, in the order of the file; in a head that was read, tracks whose codec this
   *     library does not know, or whose parameter sets are not in the sample entry, have {@link
   *     OpaqueCodec} parameters
   */
  public TrackSet tracks() {
    return new TrackSet(entries.stream().map(TrackEntry::track).toList());
  }

  /**
   * Finds a track.
   *
   * @param trackId its number
   * @return the track, if the file has it
   */
  public Optional<Track> track(int trackId) {
    return entries.stream()
        .map(TrackEntry::track)
        .filter(track -> track.id() == trackId)
        .findFirst();
  }

  /**
   * Returns the place of the parameter sets.
   *
   * @return in-band if any video track has them there
   */
  public ParameterSetPlace parameterSetPlace() {
    boolean inBand =
        entries.stream()
            .filter(entry -> entry.track().mediaType() == MediaType.VIDEO)
            .anyMatch(entry -> entry.place() == ParameterSetPlace.IN_BAND);
    return inBand ? ParameterSetPlace.IN_BAND : ParameterSetPlace.SAMPLE_ENTRY;
  }

  /**
   * Returns the start of the recording of the file.
   *
   * @return the instant, to the second; empty when the file does not say
   */
  public Optional<Instant> creationTime() {
    long seconds = creationTime - InitWriter.SECONDS_FROM_1904_TO_1970;
    return creationTime == 0 || seconds > Instant.MAX.getEpochSecond()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds));
  }

  /**
   * Returns the bytes of the head in a file.
   *
   * @return {@code ftyp} and {@code moov}
   */
  public Bytes bytes() {
    return bytes;
  }

  /**
   * Returns a head with one of the tracks and without creation time, for players of that track.
   *
   * @param trackId a track of this head
   * @return the reduced head, whose bytes are equal for equal parameters
   * @throws IllegalArgumentException when there is no such track
   */
  public InitSegment forTrack(int trackId) {
    for (TrackEntry entry : entries) {
      if (entry.track().id() == trackId) {
        InitSegment reduced = build(List.of(entry), 0);
        TrackDefaults own = defaults.get(trackId);
        return own == null || own.equals(TrackDefaults.NONE)
            ? reduced
            : new InitSegment(reduced.entries, Map.of(trackId, own), 0, reduced.bytes);
      }
    }
    throw new IllegalArgumentException("no track " + trackId);
  }

  /**
   * Returns a name for this head that is derived from its content.
   *
   * @return the first eight hexadecimal digits of the SHA-256 of {@link #bytes}
   */
  public String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return Bytes.copyOf(digest).toString().substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns whether another head has the same bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof InitSegment that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /** Returns the name and the tracks of this head. */
  @Override
  public String toString() {
    return "InitSegment " + id() + " " + entries;
  }

  TrackDefaults defaults(int trackId) {
    return defaults.getOrDefault(trackId, TrackDefaults.NONE);
  }

  List<TrackEntry> entries() {
    return entries;
  }
}
