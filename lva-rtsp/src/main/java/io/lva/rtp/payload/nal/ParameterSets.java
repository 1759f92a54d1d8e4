package io.lva.rtp.payload.nal;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The parameter sets of a stream, from the session description and in-band.
 *
 * <p>Implementations are confined to their media loop.
 */
public interface ParameterSets {
  /**
   * Takes a set from the stream.
   *
   * @param nalUnit with its header; zeros after it are left out
   * @return the set, without the zeros, when it is new or changed; otherwise empty
   */
  Optional<Bytes> inBand(Bytes nalUnit);

  /**
   * Takes the start of the first slice of a sync picture: the sets it refers to are now in force.
   *
   * @param header of the slice
   * @param buffer read by index
   * @param from index after the header
   * @param to index after the last byte that has come
   */
  void activate(int header, ByteBuffer buffer, int from, int to);

  /**
   * Returns the parameters in force.
   *
   * @return the parameters, or empty while a set is missing
   */
  Optional<CodecParameters> current();
}
