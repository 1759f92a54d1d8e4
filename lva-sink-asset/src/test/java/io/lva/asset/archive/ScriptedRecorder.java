package io.lva.asset.archive;

import io.lva.asset.disk.FileHandle;
import io.lva.asset.format.GapBox;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.OpaqueCodec;
import io.lva.fmp4.PartSamples;
import io.lva.fmp4.PartWriter;
import io.lva.fmp4.ProducerReferenceTime;
import io.lva.fmp4.SampleFlags;
import io.lva.fmp4.UuidBox;
import io.lva.media.Bytes;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.MediaType;
import io.lva.media.Ticks;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.media.codec.H264Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records a made-up camera to an asset folder, part by part, in the order of calls that the format
 * asks of a recorder. One video part is one sample of 0.5 s; every fourth is a sync sample.
 */
public final class ScriptedRecorder implements AutoCloseable {
  /** Ticks per second of video. */
  public static final int VIDEO = 90_000;

  /** Ticks per second of audio. */
  public static final int AUDIO = 8_000;

  private static final int PART_TICKS = VIDEO / 2;
  private static final Track VIDEO_TRACK =
      new Track(
          1,
          VIDEO,
          H264Parameters.of(
              List.of(Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658")),
              List.of(Bytes.ofHex("68ebe3cb22c0"))));
  private static final Track AUDIO_TRACK =
      new Track(
          2,
          AUDIO,
          new OpaqueCodec(
              MediaType.AUDIO,
              "alaw",
              Bytes.ofHex(
                  "00000024 616c6177 000000000000 0001 0000000000000000 0001 0010 0000 0000"
                      + " 1f400000")));

  private final AssetFolder folder;
  private final TrackSet tracks;
  private final long epoch;
  private RunId run = RunId.random();
  private int runNumber;
  private int sequence;
  private int offset;
  private long video;
  private long audio;
  private List<Gap> gaps = new ArrayList<>();
  private @Nullable Segment segment;

  /** Records to an open folder from an instant on, and closes the gaps that recovery left open. */
  public ScriptedRecorder(AssetFolder folder, Instant start, boolean withAudio) {
    this(
        folder,
        start,
        withAudio ? TrackSet.of(VIDEO_TRACK, AUDIO_TRACK) : TrackSet.of(VIDEO_TRACK));
  }

  /** Records other tracks, video with number 1 first. */
  public ScriptedRecorder(AssetFolder folder, Instant start, TrackSet tracks) {
    this(folder, start, tracks, folder.epoch());
  }

  private ScriptedRecorder(AssetFolder folder, Instant start, TrackSet tracks, long epoch) {
    this.folder = folder;
    this.tracks = tracks;
    this.epoch = epoch;
    this.runNumber = folder.index().takeRunNumber();
    moveTo(start);
    for (Gap gap : folder.recovered().openGaps()) {
      gaps.add(gap.closedAt(start));
    }
  }

  /** Records video to a spool, in files of an epoch of the store that it is published to. */
  public static ScriptedRecorder ofSpool(AssetFolder spool, Instant start, long epoch) {
    return new ScriptedRecorder(spool, start, TrackSet.of(VIDEO_TRACK), epoch);
  }

  /** Returns the video track. */
  public static Track videoTrack(H264Parameters parameters) {
    return new Track(1, VIDEO, parameters);
  }

  /** Returns the audio track. */
  public static Track audioTrack() {
    return AUDIO_TRACK;
  }

  private void moveTo(Instant start) {
    video = Ticks.convert(Utc.nanos(start), Ticks.NANOS_PER_SECOND, VIDEO);
    audio = Ticks.convert(Utc.nanos(start), Ticks.NANOS_PER_SECOND, AUDIO);
  }

  /** Where the next part starts. */
  public Instant now() {
    return Utc.instant(video, VIDEO);
  }

  /** Which run this records. */
  public RunId run() {
    return run;
  }

  /** Records a segment of so many parts. */
  public void segment(int parts) throws IOException {
    for (int i = 0; i < parts; i++) {
      part(i % 4 == 0, Optional.empty());
    }
    closeSegment();
  }

  /** Records one part, with the hole in front of it if there was one. */
  public void part(boolean sync, Optional<Gap> bridged) throws IOException {
    part(sync, PART_TICKS, bridged);
  }

  private void part(boolean sync, int ticks, Optional<Gap> bridged) throws IOException {
    part(sync, ticks, bridged, text("frame " + video));
  }

  /** Records one picture as a part. */
  public void picture(boolean sync, int ticks, byte[] media) throws IOException {
    part(sync, ticks, Optional.empty(), media);
  }

  /** Records one picture as a part, shown so much later than it is decoded. */
  public void picture(boolean sync, int ticks, int compositionOffset, byte[] media)
      throws IOException {
    offset = compositionOffset;
    picture(sync, ticks, media);
    offset = 0;
  }

  private void part(boolean sync, int ticks, Optional<Gap> bridged, byte[] media)
      throws IOException {
    if (segment == null) {
      segment = new Segment();
    }
    segment.part(1, video, ticks, sync, bridged, media);
    video += ticks;
    if (tracks.tracks().size() > 1) {
      int audioTicks = (int) Ticks.convert(ticks, VIDEO, AUDIO);
      segment.part(2, audio, audioTicks, true, Optional.empty(), text("sound " + audio));
      audio += audioTicks;
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Records a part whose sample is extended over a hole, and the part after the hole. */
  public void bridge(int ticks, GapCause cause) throws IOException {
    Instant start = Utc.instant(video + PART_TICKS, VIDEO);
    Gap gap = Gap.open("bridged-" + RunId.random(), start, GapOrigin.SOURCE, cause);
    folder.index().append(new GapOpenRow(gap));
    part(false, PART_TICKS + ticks, Optional.empty());
    part(true, Optional.of(gap.closedAt(now())));
  }

  /** Ends the run; media goes on later, in a new run. */
  public void hole(Instant resumed, GapCause cause) throws IOException {
    closeSegment();
    Gap gap = Gap.open("hole-" + RunId.random(), now(), GapOrigin.SOURCE, cause);
    folder.index().append(new GapOpenRow(gap));
    gaps = new ArrayList<>(List.of(gap.closedAt(resumed)));
    run = RunId.random();
    runNumber = folder.index().takeRunNumber();
    sequence = 0;
    moveTo(resumed);
  }

  /** Goes on with the run after a hole that no gap tells of. */
  public void lose(Instant resumed) throws IOException {
    closeSegment();
    moveTo(resumed);
  }

  /** Completes the file. */
  public void closeSegment() throws IOException {
    if (segment != null) {
      Segment complete = segment;
      segment = null;
      complete.close();
      sequence++;
      gaps = new ArrayList<>();
    }
  }

  /** Ends the recording as an operator does. */
  public void stop() throws IOException {
    closeSegment();
    folder
        .index()
        .append(
            new GapOpenRow(
                Gap.open("stop-" + RunId.random(), now(), GapOrigin.RUNTIME, GapCause.OPERATOR)));
  }

  /** Closes the folder. */
  @Override
  public void close() throws IOException {
    folder.close();
  }

  private final class Segment {
    private final Path part;
    private final String name;
    private final FileHandle file;
    private final SegmentRowBuilder row;
    private final OriginBox origin;
    private final List<IndexRow> rows = new ArrayList<>();
    private long size;
    private int parts;

    Segment() throws IOException {
      Instant start = now();
      origin =
          new OriginBox(
              epoch,
              run,
              runNumber,
              sequence,
              bases(),
              UtcSource.ARRIVAL,
              50_000_000,
              gaps,
              false,
              Optional.empty());
      name = SegmentName.completePath(start, run, sequence);
      part = folder.beginSegment(start, run, sequence);
      file = folder.files().create(part);
      InitSegment head = InitSegment.of(tracks, start);
      row = new SegmentRowBuilder(head, origin, name);
      UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, origin.toPayload());
      ByteBuffer boxes = ByteBuffer.allocate(box.sizeBytes() + ProducerReferenceTime.SIZE_BYTES);
      box.write(boxes);
      new ProducerReferenceTime(1, start, 0).write(boxes);
      size += file.writeFully(head.bytes().asByteBuffer(), boxes.flip());
      gaps.forEach(gap -> rows.add(new GapCloseRow(gap, false)));
    }

    private List<OriginBox.TrackBase> bases() {
      List<OriginBox.TrackBase> bases = new ArrayList<>();
      for (Track track : tracks.tracks()) {
        bases.add(
            new OriginBox.TrackBase(
                track.id(), track.timescale(), Ticks.convert(video, VIDEO, track.timescale())));
      }
      return bases;
    }

    void part(
        int trackId, long time, int duration, boolean sync, Optional<Gap> bridged, byte[] media)
        throws IOException {
      long base = origin.tracks().get(trackId - 1).base();
      PartSamples samples = new PartSamples();
      samples.add(duration, media.length, SampleFlags.of(sync, false), trackId == 1 ? offset : 0);
      ByteArrayOutputStream front = new ByteArrayOutputStream();
      if (bridged.isPresent()) {
        UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, new GapBox(bridged.get()).toPayload());
        ByteBuffer bytes = ByteBuffer.allocate(box.sizeBytes());
        box.write(bytes);
        front.writeBytes(bytes.array());
        rows.add(new GapCloseRow(bridged.get(), true));
      }
      ByteBuffer header = ByteBuffer.allocate(PartWriter.headerBytes(1));
      PartWriter.write(++parts, trackId, time - base, samples, header);
      long place = size + front.size();
      size +=
          file.writeFully(
              ByteBuffer.wrap(front.toByteArray()), header.flip(), ByteBuffer.wrap(media));
      if (sync && trackId == 1) {
        file.force();
      }
      row.part(trackId, place, size - place, time - base, duration, sync);
    }

    void close() throws IOException {
      file.force();
      file.close();
      folder.publish(part);
      rows.add(row.row(size).orElseThrow());
      folder.index().append(rows);
    }
  }
}
