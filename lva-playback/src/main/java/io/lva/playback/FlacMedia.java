package io.lva.playback;

import io.lva.asset.store.StoredFile;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.fmp4.InitSegment;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.PartSamples;
import io.lva.fmp4.PartWriter;
import io.lva.fmp4.SampleFlags;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.FlacFrames;
import io.lva.media.codec.PcmParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Converts sound that no browser plays, G.711 and linear, to FLAC when it is asked for. The
 * conversion is lossless. Where the camera sent no sound for a while, there is silence.
 *
 * <p>Confined to one request.
 */
final class FlacMedia {
  private static final int LONGEST_FRAGMENT_BYTES = 16 << 20;
  private static final int MOST_FRAME_OVERHEAD = 32;

  /** A sample may outlast its sound by a second divided by this; a longer rest becomes silence. */
  private static final int SLACK_PER_SECOND = 50;

  private final Track track;
  private final FlacFrames frames;
  private final PartSamples samples = new PartSamples();
  private final ByteBuffer media;

  private FlacMedia(Track track, FlacFrames frames, int sizeBytes) {
    this.track = track;
    this.frames = frames;
    this.media = ByteBuffer.allocate(sizeBytes);
  }

  /** Returns the initialization segment for players: that of FLAC for G.711 and linear sound. */
  static InitSegment init(InitSegment recorded) {
    Track track = recorded.tracks().tracks().get(0);
    return frames(track)
        .map(frames -> new Track(track.id(), track.timescale(), frames.parameters()))
        .map(flac -> InitSegment.of(TrackSet.of(flac), Instant.EPOCH).forTrack(flac.id()))
        .orElse(recorded);
  }

  /** Returns what converts a track; empty for one that is played as it is. */
  private static Optional<FlacFrames> frames(Track track) {
    return track.parameters() instanceof PcmParameters pcm && track.timescale() == pcm.sampleRate()
        ? Optional.of(new FlacFrames(pcm))
        : Optional.empty();
  }

  /**
   * Converts a stretch of a file into one part.
   *
   * @param file that holds the stretch
   * @param init of the track
   * @param offset of its first {@code moof}
   * @param lengthBytes up to the end of the last {@code mdat}
   * @param baseTicks added to the time of the first sample
   * @return the part; empty when the track has nothing there
   * @throws IOException when the file cannot be read, or has something else there
   */
  static Optional<byte[]> convert(
      StoredFile file, InitSegment init, long offset, long lengthBytes, long baseTicks)
      throws IOException {
    if (lengthBytes > LONGEST_FRAGMENT_BYTES) {
      throw new IOException("a fragment of sound of " + lengthBytes + " bytes");
    }
    Track track = init.tracks().tracks().get(0);
    try {
      FragmentedReader reader = new FragmentedReader(file, init, offset);
      FlacMedia flac = null;
      long start = 0;
      long end = 0;
      while (reader.position() < offset + lengthBytes) {
        Optional<FileItem> item = reader.next();
        if (item.isEmpty()) {
          throw new IOException("the file ends within a fragment");
        }
        if (item.get() instanceof FileItem.Part part && part.trackId() == track.id()) {
          if (flac == null) {
            start = part.baseMediaDecodeTime();
            end = start;
            flac = new FlacMedia(track, frames(track).orElseThrow(), size(lengthBytes));
          }
          flac.silence(part.baseMediaDecodeTime() - end, baseTicks + end);
          flac.part(file, part, reader.samples(part), baseTicks);
          end = part.baseMediaDecodeTime() + part.durationTicks();
        }
      }
      return flac == null ? Optional.empty() : Optional.of(flac.finish(baseTicks + start));
    } catch (Mp4Exception e) {
      throw new IOException("sound at byte " + offset + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns a size that is enough for the FLAC form of a source: a byte of G.711 takes less than
   * two, and a frame adds less than four times the 16 header bytes that the source has per sample.
   */
  private static int size(long sourceBytes) {
    return (int) (4 * sourceBytes + (1 << 16));
  }

  private void part(StoredFile file, FileItem.Part part, PartSamples source, long baseTicks)
      throws IOException {
    ByteBuffer audio = ByteBuffer.allocate((int) source.sizeBytes());
    file.readFully(part.offset() + part.headerBytes(), audio);
    audio.flip();
    long time = baseTicks + part.baseMediaDecodeTime();
    int at = 0;
    for (int i = 0; i < source.count(); i++) {
      ByteBuffer sample = audio.slice(at, source.size(i));
      at += source.size(i);
      int count = frames.samples(sample.remaining());
      int rest = source.duration(i) - count;
      boolean hole = rest > track.timescale() / SLACK_PER_SECOND;
      if (count > 0) {
        int before = media.position();
        frames.write(sample, time, media);
        add(hole ? count : source.duration(i), before);
      }
      if (hole) {
        silence(rest, time + count);
      }
      time += source.duration(i);
    }
  }

  private void silence(long ticks, long from) throws IOException {
    long left = ticks;
    while (left > 0) {
      int count = (int) Math.min(left, FlacFrames.LONGEST_BLOCK);
      if (media.remaining() < MOST_FRAME_OVERHEAD * 2) {
        throw new IOException("a hole of " + ticks + " ticks in a fragment of sound");
      }
      int before = media.position();
      frames.writeSilence(count, from + ticks - left, media);
      add(count, before);
      left -= count;
    }
  }

  private void add(int durationTicks, int before) {
    samples.add(
        durationTicks,
        media.position() - before,
        SampleFlags.of(/* sync= */ true, /* damaged= */ false),
        /* compositionOffset= */ 0);
  }

  private byte[] finish(long start) {
    ByteBuffer out =
        ByteBuffer.allocate(PartWriter.headerBytes(samples.count()) + media.position());
    PartWriter.write(/* sequenceNumber= */ 1, track.id(), start, samples, out);
    out.put(media.flip());
    return out.array();
  }
}
