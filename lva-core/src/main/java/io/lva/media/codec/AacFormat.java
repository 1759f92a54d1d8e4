package io.lva.media.codec;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.SampleDescription;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * AAC in files: {@code mp4a} with {@code esds} (ISO/IEC 14496-14 clause 5.6, ISO/IEC 14496-1 clause
 * 7.2.6).
 *
 * <p>Immutable.
 */
final class AacFormat implements CodecFormat {
  private static final int ELEMENTARY_STREAM = 3;
  private static final int DECODER_CONFIGURATION = 4;
  private static final int SPECIFIC_INFORMATION = 5;

  @Override
  public Set<String> sampleEntries() {
    return Set.of("mp4a");
  }

  /**
   * Leaves MP3 and other codecs that share this sample entry to the fallback, which does not look
   * into them.
   */
  @Override
  public Optional<CodecParameters> parameters(SampleDescription description) {
    return description.box("esds").flatMap(AacFormat::configuration).map(AacParameters::of);
  }

  private static Optional<Bytes> configuration(Bytes esds) {
    try {
      ByteBuffer in = esds.asByteBuffer();
      in.getInt();
      descriptor(in, ELEMENTARY_STREAM);
      in.getShort();
      int flags = in.get();
      skip(in, (flags & 0x80) != 0 ? 2 : 0);
      skip(in, (flags & 0x40) != 0 ? in.get() & 0xff : 0);
      skip(in, (flags & 0x20) != 0 ? 2 : 0);
      descriptor(in, DECODER_CONFIGURATION);
      boolean mpeg4 = in.get() == 0x40;
      skip(in, 12);
      byte[] configuration = new byte[descriptor(in, SPECIFIC_INFORMATION)];
      in.get(configuration);
      return mpeg4 ? Optional.of(Bytes.copyOf(configuration)) : Optional.empty();
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("'esds' is cut short", e);
    }
  }

  private static void skip(ByteBuffer in, int count) {
    if (count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + count);
  }

  private static int descriptor(ByteBuffer in, int tag) {
    if (in.get() != tag) {
      throw new IllegalArgumentException("'esds' without descriptor " + tag);
    }
    int length = 0;
    int next = 0x80;
    for (int i = 0; i < 4 && (next & 0x80) != 0; i++) {
      next = in.get();
      length = length << 7 | (next & 0x7f);
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }
}
