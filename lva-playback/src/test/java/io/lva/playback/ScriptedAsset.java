package io.lva.playback;

import io.lva.asset.LiveAsset;
import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.asset.LiveSource;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.TrackRow;
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
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.media.codec.H264Parameters;
import io.lva.playback.window.LiveEdge;
import io.lva.playback.window.LiveFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records a made-up camera to an asset folder and tells of it as a recorder in this process does. A
 * part is one sample of half a second, every fourth one is a sync sample.
 */
final class ScriptedAsset implements LiveFeed, LiveFeed.Finder {
  static final int TIMESCALE = 90_000;
  static final int PART_TICKS = TIMESCALE / 2;
  static final int PARTS_PER_FRAGMENT = 4;

  /** 1920x1080. */
  static final Track LARGE =
      new Track(
          1,
          TIMESCALE,
          H264Parameters.of(
              List.of(Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658")),
              List.of(Bytes.ofHex("68ebe3cb22c0"))));

  /** 320x192. */
  static final Track SMALL =
      new Track(
          1,
          TIMESCALE,
          H264Parameters.of(
              List.of(Bytes.ofHex("6742c00dda0507e840000003004000000ca3c50aa8")),
              List.of(Bytes.ofHex("68ce3c80"))));

  private final Path root;
  private final String name;
  private final VirtualClock clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<LiveSegment> complete = new ArrayList<>();
  private final FileOps.Lock lock;
  private final List<IndexRow> unindexed = new ArrayList<>();
  private Track track = LARGE;
  private int runNumber;
  private int sequence;
  private long time;
  private List<Gap> gaps = new ArrayList<>();
  private Optional<Gap> openGap = Optional.empty();
  private Optional<List<GapCause>> awaited = Optional.empty();
  private boolean live = true;
  private boolean ended;
  private boolean indexLate;
  private int parts;
  private @Nullable Segment segment;

  ScriptedAsset(Path store, String name, Instant start) throws IOException {
    this.name = name;
    this.root = store.resolve(AssetLayout.folderName(name));
    this.clock = new VirtualClock(start);
    this.time = ticks(start);
    Files.createDirectories(root.resolve(AssetLayout.INDEX_FOLDER));
    Files.write(
        root.resolve(AssetLayout.ASSET_JSON), new AssetDescription(1, name, start).toJson());
    this.lock = FileOps.disk().tryLock(root.resolve(AssetLayout.LOCK)).orElseThrow();
  }

  /** Ends the process that records, as far as others see it. */
  void kill() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long ticks(Instant instant) {
    return Ticks.convert(Utc.nanos(instant), Ticks.NANOS_PER_SECOND, TIMESCALE);
  }

  VirtualClock clock() {
    return clock;
  }

  Instant now() {
    return Utc.instant(time, TIMESCALE);
  }

  /** Runs are called aaaaaaaa, bbbbbbbb and so on. */
  RunId run() {
    return new RunId(String.valueOf((char) ('a' + runNumber % 26)).repeat(8));
  }

  /** Returns whether this process records, so that parts are known. */
  ScriptedAsset live(boolean inThisProcess) {
    live = inThisProcess;
    return this;
  }

  /** Rows of complete segments come to the index only when {@link #indexNow} is called. */
  void delayIndex() {
    indexLate = true;
  }

  void indexNow() {
    indexLate = false;
    append(List.copyOf(unindexed));
    unindexed.clear();
  }

  /** Says that a recorder of this process waits for the camera, and why it has to. */
  void awaits(GapCause cause) {
    live = false;
    awaited = Optional.of(List.of(cause));
  }

  @Override
  public Optional<List<GapCause>> awaited(URI uri, String folder) {
    return awaited;
  }

  void part() {
    part(parts % PARTS_PER_FRAGMENT == 0, PART_TICKS);
  }

  void part(boolean sync, int ticks) {
    byte[] media = ("picture " + time).getBytes(StandardCharsets.UTF_8);
    PartSamples samples = new PartSamples();
    samples.add(ticks, media.length, SampleFlags.of(sync, /* damaged= */ false), 0);
    part(sync, samples, media);
  }

  void part(boolean sync, PartSamples samples, byte[] media) {
    try {
      if (segment == null) {
        segment = new Segment();
      }
      segment.part(sync, samples, media);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts++;
    time += samples.durationTicks();
    changed();
  }

  void fragments(int count) {
    for (int i = 0; i < count * PARTS_PER_FRAGMENT; i++) {
      part();
    }
  }

  void segment(int fragments) {
    fragments(fragments);
    closeSegment();
  }

  void closeSegment() {
    if (segment != null) {
      Segment closing = segment;
      segment = null;
      parts = 0;
      closing.close();
      sequence++;
      gaps = new ArrayList<>();
      changed();
    }
  }

  /** Ends the run; media goes on later in a new run. */
  void hole(Duration length, GapCause cause) {
    openHole(cause);
    endHole(now().plus(length));
  }

  void openHole(GapCause cause) {
    closeSegment();
    Gap gap = Gap.open("gap-" + runNumber, now(), GapOrigin.SOURCE, cause);
    openGap = Optional.of(gap);
    append(List.of(new GapOpenRow(gap)));
    changed();
  }

  void endHole(Instant resumed) {
    gaps = new ArrayList<>(List.of(openGap.orElseThrow().closedAt(resumed)));
    openGap = Optional.empty();
    newRun(resumed, track);
  }

  /** Goes on at once in a new run. */
  void newRun(Instant start, Track format) {
    closeSegment();
    track = format;
    runNumber++;
    sequence = 0;
    time = ticks(start);
  }

  void end() {
    openHole(GapCause.OPERATOR);
    ended = true;
    changed();
    live = false;
    kill();
  }

  void delete() throws IOException {
    kill();
    List<Path> paths;
    try (Stream<Path> all = Files.walk(root)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  /** Stops step by step, as a recorder does. */
  Stop stop() {
    return new Stop();
  }

  /** The steps of a recorder that stops; some are taken by different threads. */
  final class Stop {
    private @Nullable Segment last;

    /** Writes what was in the making. */
    void lastPart() {
      part(false, PART_TICKS / 10);
      last = segment;
    }

    /** Writes to the index where the media will end. */
    void noteEnd() {
      Gap gap = Gap.open("gap-" + runNumber, now(), GapOrigin.RUNTIME, GapCause.OPERATOR);
      openGap = Optional.of(gap);
      append(List.of(new GapOpenRow(gap)));
      tell();
    }

    /** Gives the last file its final name. */
    void rename() throws IOException {
      last().rename();
    }

    /** Says so to players in this process. */
    void tellRenamed() {
      complete.add(last().live(true));
      segment = null;
      tell();
    }

    /** Writes the row of the last file. */
    void index() throws IOException {
      append(last().rows());
    }

    /** Says to players in this process that nothing follows. */
    void tellEnded() {
      ended = true;
      tell();
    }

    /** Is no longer found by players in this process. */
    void leave() {
      live = false;
      kill();
      tell();
    }

    private Segment last() {
      return Objects.requireNonNull(last);
    }

    private void tell() {
      listeners.forEach(Runnable::run);
    }
  }

  private void changed() {
    clock.setUtc(now());
    listeners.forEach(Runnable::run);
  }

  private void append(List<? extends IndexRow> rows) {
    try {
      for (IndexRow row : rows) {
        Files.write(
            root.resolve(AssetLayout.index(Utc.day(row.start()))),
            IndexRowCodec.toLine(row, 1),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public LiveAsset.Snapshot snapshot() {
    List<LiveSegment> all = new ArrayList<>(complete);
    if (segment != null) {
      all.add(segment.live(false));
    }
    return new LiveAsset.Snapshot(all, openGap, ended);
  }

  @Override
  public LiveAsset.Subscription subscribe(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Optional<LiveFeed> find(String folder) {
    return live && folder.equals(AssetLayout.folderName(name))
        ? Optional.of(this)
        : Optional.empty();
  }

  @Override
  public Optional<LiveSource> source(String folder) {
    LiveSource source = () -> find(folder).map(feed -> LiveEdge.of(feed.snapshot()).completeRows());
    return live ? Optional.of(source) : Optional.empty(); // then the files are followed
  }

  /** Where the file of the newest segment is. */
  Path newestFile() {
    if (segment != null) {
      return segment.file;
    }
    return root.resolve(complete.get(complete.size() - 1).file());
  }

  /** The segment being written. */
  private final class Segment {
    private final String assetPath = SegmentName.completePath(now(), run(), sequence);
    private final Path file = root.resolve(assetPath + SegmentName.PART_SUFFIX);
    private final OriginBox origin;
    private final InitSegment head = InitSegment.of(TrackSet.of(track), now());
    private final SegmentRowBuilder row;
    private final List<LivePart> written = new ArrayList<>();
    private final long base = time;
    private final long headBytes;
    private long size;

    Segment() throws IOException {
      origin =
          new OriginBox(
              1,
              run(),
              runNumber,
              sequence,
              List.of(new OriginBox.TrackBase(1, TIMESCALE, base)),
              UtcSource.ARRIVAL,
              50_000_000,
              gaps,
              /* unsyncedStart= */ false,
              Optional.empty());
      row = new SegmentRowBuilder(head, origin, assetPath);
      UuidBox box = new UuidBox(OriginBox.EXTENDED_TYPE, origin.toPayload());
      ByteBuffer bytes = ByteBuffer.allocate(box.sizeBytes());
      box.write(bytes);
      Files.createDirectories(file.getParent());
      write(head.bytes().asByteBuffer());
      write(bytes.flip());
      headBytes = size;
    }

    private void write(ByteBuffer bytes) throws IOException {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (bytes.hasRemaining()) {
          size += channel.write(bytes);
        }
      }
    }

    void part(boolean sync, PartSamples samples, byte[] media) throws IOException {
      long offset = size;
      int headerBytes = PartWriter.headerBytes(samples.count());
      ByteBuffer part = ByteBuffer.allocate(headerBytes + media.length);
      PartWriter.write(written.size() + 1, 1, time - base, samples, part);
      write(part.put(media).flip());
      long ticks = samples.durationTicks();
      row.part(1, offset, size - offset, time - base, ticks, sync);
      written.add(new LivePart(1, offset, headerBytes, (int) (size - offset), time, ticks, sync));
    }

    LiveSegment live(boolean isComplete) {
      TrackRow description =
          new TrackRow(
              1,
              TIMESCALE,
              base,
              0,
              head.forTrack(1).id(),
              track.parameters().codec(),
              track.parameters().width(),
              track.parameters().height(),
              io.lva.asset.index.Fragments.empty());
      return new LiveSegment(
          1,
          run(),
          runNumber,
          sequence,
          assetPath,
          isComplete,
          headBytes,
          List.of(description),
          origin.gaps(),
          List.of(),
          written);
    }

    void rename() throws IOException {
      Files.move(file, root.resolve(assetPath));
    }

    List<IndexRow> rows() throws IOException {
      List<IndexRow> rows = new ArrayList<>();
      origin.gaps().forEach(gap -> rows.add(new GapCloseRow(gap, /* bridged= */ false)));
      rows.add(row.row(size).orElseThrow());
      return rows;
    }

    void close() {
      complete.add(live(true));
      if (complete.size() > LiveAsset.COMPLETE_SEGMENTS) {
        complete.remove(0);
      }
      try {
        rename();
        List<IndexRow> rows = rows();
        if (indexLate) {
          unindexed.addAll(rows);
        } else {
          append(rows);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
