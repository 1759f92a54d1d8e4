package io.lva.rtspsim;

import io.lva.fmp4.ByteSource;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.Mp4Reader;
import io.lva.fmp4.Mp4Track;
import io.lva.fmp4.SampleTable;
import io.lva.media.MediaType;
import io.lva.media.codec.H264Parameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Opens the first video track of an MP4 file, progressive or fragmented. */
final class Mp4Opener {
  private Mp4Opener() {}

  static FileSource open(String name, FileChannel file, AtomicLong cacheBytes)
      throws IOException, UnservableFileException {
    Mp4Track track = video(read(file));
    VideoIndex index = index(track);
    if (index.count() == 0) {
      throw new UnservableFileException("no sync sample");
    }
    NalFraming framing = new NalFraming(track.nalLengthBytes());
    return new FileSource(
        name, file, index, framing, parameters(track, file, index, framing), cacheBytes);
  }

  private static List<Mp4Track> read(FileChannel file) throws IOException, UnservableFileException {
    try {
      return Mp4Reader.read(new FileBytes(file));
    } catch (Mp4Exception wrong) {
      throw new UnservableFileException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static Mp4Track video(List<Mp4Track> tracks) throws UnservableFileException {
    Mp4Track track =
        tracks.stream()
            .filter(candidate -> candidate.track().mediaType() == MediaType.VIDEO)
            .findFirst()
            .orElseThrow(() -> new UnservableFileException("no video track"));
    String codec = track.track().parameters().codec();
    if (!codec.startsWith("avc1") && !codec.startsWith("avc3")) {
      throw new UnservableFileException("video is " + codec + ", only H.264 is served");
    }
    return track;
  }

  private static VideoIndex index(Mp4Track track) throws UnservableFileException {
    SampleTable samples = track.samples();
    VideoIndex index = new VideoIndex(track.track().timescale());
    for (int i = 0; i < samples.count(); i++) {
      long step = i == 0 ? 0 : samples.decodeTime(i) - samples.decodeTime(i - 1);
      index.add(
          samples.offset(i),
          samples.size(i),
          step,
          samples.compositionOffset(i),
          samples.isSync(i));
    }
    return index;
  }

  private static H264Parameters parameters(
      Mp4Track track, FileChannel file, VideoIndex index, NalFraming framing)
      throws IOException, UnservableFileException {
    if (track.track().parameters() instanceof H264Parameters known) {
      return known;
    }
    return NalFraming.parameters(FileSource.read(file, index.offset(0), index.size(0), framing));
  }

  /** A file that is read at any position. Thread-safe. */
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
