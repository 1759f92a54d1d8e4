package io.lva.examples.judge;

import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.PartSamples;
import io.lva.fmp4.PartWriter;
import io.lva.fmp4.SampleFlags;
import io.lva.fmp4.UuidBox;
import io.lva.media.Bytes;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.Ticks;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An asset as a recorder leaves it, made at once whatever time it covers. */
public final class MadeAsset {
  private final Path root;
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
  private final Instant day;
  private int runNumber = -1;
  private int sequence;
  private long end;

  /** Begins an asset; everything in it is of the UTC day of its start. */
  public MadeAsset(Path store, String name, Instant start) throws IOException {
    this.root = store.resolve(AssetLayout.folderName(name));
    this.day = start;
    Files.createDirectories(root.resolve(AssetLayout.INDEX_FOLDER));
    Files.write(
        root.resolve(AssetLayout.ASSET_JSON), new AssetDescription(1, name, start).toJson());
  }

  private static long ticks(Instant instant) {
    return Ticks.convert(Utc.nanos(instant), Ticks.NANOS_PER_SECOND, FlatClip.TIMESCALE);
  }

  private RunId run() {
    StringBuilder name = new StringBuilder("aaaaaaaa");
    name.setCharAt(0, (char) ('a' + runNumber / 26));
    name.setCharAt(7, (char) ('a' + runNumber % 26));
    return new RunId(name.toString());
  }

  /** Begins a run with a clip; what lies between it and what was before is a gap. */
  public MadeAsset run(Instant start, FlatClip clip) throws IOException {
    List<Gap> gaps = new ArrayList<>();
    if (runNumber >= 0 && ticks(start) > end) {
      Instant from = Utc.instant(end, FlatClip.TIMESCALE);
      GapCause cause = GapCause.CAMERA_UNREACHABLE;
      gaps.add(Gap.open("gap-" + runNumber, from, GapOrigin.SOURCE, cause).closedAt(start));
    }
    runNumber++;
    sequence = 0;
    end = ticks(start);
    return file(clip, gaps);
  }

  /** Goes on with files of a whole clip each. */
  public MadeAsset files(int count, FlatClip clip) throws IOException {
    for (int i = 0; i < count; i++) {
      file(clip, List.of());
    }
    return this;
  }

  private MadeAsset file(FlatClip clip, List<Gap> gaps) throws IOException {
    Instant start = Utc.instant(end, FlatClip.TIMESCALE);
    String name = SegmentName.completePath(start, run(), sequence);
    InitSegment head = InitSegment.of(TrackSet.of(clip.track()), start);
    OriginBox origin = origin(gaps);
    SegmentRowBuilder row = new SegmentRowBuilder(head, origin, name);
    UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, origin.toPayload());
    ByteBuffer boxBytes = ByteBuffer.allocate(box.sizeBytes());
    box.write(boxBytes);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(head.bytes().toByteArray());
    content.writeBytes(boxBytes.array());
    long time = 0;
    for (int i = 0; i < clip.groups().size(); i++) {
      byte[] part = part(i + 1, time, clip, clip.groups().get(i));
      int duration = clip.frameTicks() * clip.groups().get(i).size();
      row.part(1, content.size(), part.length, time, duration, /* independent= */ true);
      content.writeBytes(part);
      time += duration;
    }
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content.toByteArray());
    for (Gap gap : gaps) {
      append(new GapCloseRow(gap, /* bridged= */ false));
    }
    append(row.row(content.size()).orElseThrow());
    end += time;
    sequence++;
    return this;
  }

  private OriginBox origin(List<Gap> gaps) {
    return new OriginBox(
        0,
        run(),
        runNumber,
        sequence,
        List.of(new OriginBox.TrackBase(1, FlatClip.TIMESCALE, end)),
        UtcSource.ARRIVAL,
        50_000_000,
        gaps,
        /* unsyncedStart= */ false,
        Optional.empty());
  }

  private static byte[] part(int number, long time, FlatClip clip, List<Bytes> group) {
    PartSamples samples = new PartSamples();
    ByteArrayOutputStream media = new ByteArrayOutputStream();
    for (Bytes sample : group) {
      boolean sync = media.size() == 0;
      samples.add(clip.frameTicks(), sample.size(), SampleFlags.of(sync, /* damaged= */ false), 0);
      media.writeBytes(sample.toByteArray());
    }
    ByteBuffer part = ByteBuffer.allocate(PartWriter.headerBytes(samples.count()) + media.size());
    PartWriter.write(number, 1, time, samples, part);
    return part.put(media.toByteArray()).array();
  }

  private void append(IndexRow row) {
    rows.writeBytes(IndexRowCodec.toLine(row, 0));
  }

  /** Writes the index. */
  public void close() throws IOException {
    Files.write(root.resolve(AssetLayout.index(Utc.day(day))), rows.toByteArray());
  }
}
