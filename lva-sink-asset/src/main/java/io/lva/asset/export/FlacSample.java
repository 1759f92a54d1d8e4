package io.lva.asset.export;

import io.lva.media.codec.FlacFrames;
import java.nio.ByteBuffer;

/**
 * A sample of G.711 or linear sound that becomes a frame of FLAC when it is read.
 *
 * <p>Immutable.
 *
 * @param frames converts it
 * @param sourceBytes its size in the segment
 * @param number the number of its first audio sample in the export
 */
record FlacSample(FlacFrames frames, int sourceBytes, long number) {
  /** Returns the size of the frame. */
  int sizeBytes() {
    return frames.frameBytes(frames.samples(sourceBytes), number);
  }

  /** Converts the sample; the frame lies between the position and the limit of the result. */
  ByteBuffer convert(ByteBuffer source) {
    ByteBuffer frame = ByteBuffer.allocate(sizeBytes());
    frames.write(source, number, frame);
    return frame.flip();
  }
}
