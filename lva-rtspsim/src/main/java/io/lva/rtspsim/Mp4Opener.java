package io.lva.rtspsim;

import io.lva.fmp4.ByteSource;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.Mp4Reader;
import io.lva.fmp4.Mp4Track;
import io.lva.fmp4.SampleTable;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.Ticks;
import io.lva.rtp.payload.PayloadFormats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens an MP4 file, progressive or fragmented: the first video track and the first audio track
 * whose codecs can be sent. The sound is cut to the time range of the pictures.
 */
final class Mp4Opener {
  private final FileChannel file;
  private final AtomicLong cacheBytes;

  /** Where the time line of the source begins in the time of the movie, and how long it is. */
  private record SourceTimeline(long begin, long timescale, FileTrack.Loop loop) {}

  private Mp4Opener(FileChannel file, AtomicLong cacheBytes) {
    this.file = file;
    this.cacheBytes = cacheBytes;
  }

  static FileSource open(String name, FileChannel file, AtomicLong cacheBytes)
      throws IOException, UnservableFileException {
    return new FileSource(name, file, new Mp4Opener(file, cacheBytes).tracks());
  }

  private List<FileTrack> tracks() throws IOException, UnservableFileException {
    List<Mp4Track> all = read();
    Optional<Mp4Track> video = first(all, MediaType.VIDEO);
    Optional<Mp4Track> audio = first(all, MediaType.AUDIO);
    if (video.isEmpty() && audio.isEmpty()) {
      throw new UnservableFileException("no track that can be sent, but " + codecs(all));
    }
    Mp4Track master = video.isPresent() ? video.get() : audio.get();
    UnitIndex index = masterIndex(master);
    if (index.count() == 0) {
      throw new UnservableFileException("no sync sample");
    }
    int clockRate = clockRate(master);
    SourceTimeline line =
        new SourceTimeline(
            movieTime(master, firstSync(master)),
            master.track().timescale(),
            new FileTrack.Loop(index.endTicks(), clockRate));
    List<FileTrack> tracks = new ArrayList<>();
    tracks.add(track(master, index, line));
    if (video.isPresent() && audio.isPresent()) {
      UnitIndex sound = soundIndex(audio.get(), line);
      if (sound.count() > 0) {
        tracks.add(track(audio.get(), sound, line));
      }
    }
    return tracks;
  }

  private List<Mp4Track> read() throws IOException, UnservableFileException {
    try {
      return Mp4Reader.read(new FileBytes(file));
    } catch (Mp4Exception wrong) {
      throw new UnservableFileException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static Optional<Mp4Track> first(List<Mp4Track> tracks, MediaType type) {
    return tracks.stream()
        .filter(track -> track.track().mediaType() == type)
        .filter(track -> PayloadFormats.sending(track.track().parameters()).isPresent())
        .findFirst();
  }

  private static List<String> codecs(List<Mp4Track> tracks) {
    return tracks.stream().map(track -> track.track().parameters().codec()).toList();
  }

  private static int clockRate(Mp4Track track) {
    return Packetizers.format(track.track().parameters()).clockRate();
  }

  private static int firstSync(Mp4Track track) {
    int sample = 0;
    while (!track.samples().isSync(sample)) {
      sample++;
    }
    return sample;
  }

  /** Returns when a sample is decoded: movie time, in ticks of the track. */
  private static long movieTime(Mp4Track track, int sample) {
    return track.samples().decodeTime(sample) - track.startTicks() + track.delayTicks();
  }

  private FileTrack track(Mp4Track track, UnitIndex index, SourceTimeline line) {
    CodecParameters parameters = track.track().parameters();
    UnitFraming framing = UnitFraming.ofSamples(parameters, track.nalLengthBytes());
    return new FileTrack(file, index, framing, parameters, line.loop(), cacheBytes);
  }

  private static UnitIndex masterIndex(Mp4Track track) throws UnservableFileException {
    UnitIndex index = new UnitIndex(track.track().timescale(), clockRate(track), 0);
    addAll(index, track, 0, Long.MAX_VALUE);
    return index;
  }

  private static UnitIndex soundIndex(Mp4Track track, SourceTimeline line)
      throws UnservableFileException {
    SampleTable samples = track.samples();
    int timescale = track.track().timescale();
    long begin = Ticks.convertRounded(line.begin(), line.timescale(), timescale);
    long end = Ticks.convertRounded(line.loop().ticks(), line.loop().timescale(), timescale);
    int first = 0;
    while (first < samples.count() && movieTime(track, first) < begin) {
      first++;
    }
    long start = first < samples.count() ? movieTime(track, first) - begin : 0;
    UnitIndex index = new UnitIndex(timescale, clockRate(track), start);
    long endTime = begin + end + track.startTicks() - track.delayTicks();
    addAll(index, track, first, endTime);
    return index;
  }

  /**
   * Returns how many samples form a unit. Linear audio has one sample per tick; up to 20 ms of
   * samples that are contiguous in the file are sent together.
   */
  private static int together(Mp4Track track, int first) {
    SampleTable samples = track.samples();
    int count = 1;
    int most = track.track().mediaType() == MediaType.AUDIO ? track.track().timescale() / 50 : 1;
    while (count < most
        && first + count < samples.count()
        && samples.decodeTime(first + count) == samples.decodeTime(first) + count
        && samples.offset(first + count)
            == samples.offset(first) + (long) count * samples.size(first)) {
      count++;
    }
    return count;
  }

  private static void addAll(UnitIndex index, Mp4Track track, int first, long endTime)
      throws UnservableFileException {
    SampleTable samples = track.samples();
    long before = first < samples.count() ? samples.decodeTime(first) : 0;
    int count = 1;
    for (int i = first; i < samples.count() && samples.decodeTime(i) < endTime; i += count) {
      count = together(track, i);
      add(index, samples, i, count, samples.decodeTime(i) - before);
      before = samples.decodeTime(i);
    }
  }

  private static void add(UnitIndex index, SampleTable samples, int first, int count, long step)
      throws UnservableFileException {
    int size = 0;
    for (int i = first; i < first + count; i++) {
      size += samples.size(i);
    }
    index.add(
        samples.offset(first), size, step, samples.compositionOffset(first), samples.isSync(first));
  }

  /** A file that can be read at any position. Thread-safe. */
  private record FileBytes(FileChannel file) implements ByteSource {
    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      return file.read(target, position);
    }
  }
}
