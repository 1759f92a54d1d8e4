package io.lva.extension;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lva.media.Inference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of the gRPC extension protocol, limited to the fields that a media graph sends and
 * reads ({@code docs/extension.proto}). Unknown fields are skipped.
 */
final class GrpcMessage {
  private static final int TIMESCALE = 90_000;

  private GrpcMessage() {}

  /** What a server sends: a descriptor, or an answer. */
  record Received(
      long sequence,
      long acknowledged,
      boolean sample,
      long timestamp,
      List<Inference> inferences) {}

  /**
   * The memory that holds frames outside the messages; its length is 0 when messages embed the
   * frames.
   */
  record SharedMemory(String handle, long lengthBytes) {}

  /** Writes one message or a part of one. */
  @FunctionalInterface
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /** Writes the first message of a stream. */
  static byte[] descriptor(
      String instance, String node, String configuration, Fields format, SharedMemory memory) {
    return bytes(
        out -> {
          out.writeUInt64(1, 1);
          message(
              out,
              5,
              descriptor -> {
                message(
                    descriptor,
                    1,
                    identifier -> {
                      text(identifier, 2, instance);
                      text(identifier, 3, node);
                    });
                text(descriptor, 3, configuration);
                message(
                    descriptor,
                    5,
                    media -> {
                      media.writeUInt32(1, TIMESCALE);
                      message(media, 5, format);
                    });
                if (memory.lengthBytes() > 0) {
                  message(
                      descriptor,
                      10,
                      shared -> {
                        text(shared, 1, memory.handle());
                        shared.writeUInt64(2, memory.lengthBytes());
                      });
                }
              });
        });
  }

  /** Returns the format of frames; pixel format and stride are 0 for file formats. */
  static Fields format(int encoding, int pixelFormat, int width, int height, int stride) {
    return out -> {
      number(out, 1, encoding);
      number(out, 2, pixelFormat);
      message(
          out,
          3,
          size -> {
            size.writeUInt32(1, width);
            size.writeUInt32(2, height);
          });
      number(out, 4, stride);
    };
  }

  /** Returns the content of a sample that carries its frame. */
  static Fields embedded(byte[] frame) {
    return out -> message(out, 5, content -> content.writeByteArray(1, frame));
  }

  /** Returns the content of a sample whose frame lies in shared memory. */
  static Fields reference(long offset, long length) {
    return out ->
        message(
            out,
            6,
            content -> {
              content.writeUInt64(1, offset);
              content.writeUInt64(2, length);
            });
  }

  /** Writes a sample. */
  static byte[] sample(long sequence, long timestamp, Fields content, List<Inference> upstream) {
    return bytes(
        out -> {
          out.writeUInt64(1, sequence);
          message(
              out,
              6,
              sample -> {
                sample.writeUInt64(1, timestamp);
                content.write(sample);
                for (Inference inference : upstream) {
                  message(sample, 10, fields -> GrpcInference.write(fields, inference));
                }
              });
        });
  }

  /**
   * Reads what a server sent.
   *
   * @throws IOException when it is not such a message
   */
  static Received read(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    long sequence = 0;
    long acknowledged = 0;
    boolean sample = false;
    long[] timestamp = {0};
    List<Inference> inferences = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> sequence = in.readUInt64();
        case 2 -> acknowledged = in.readUInt64();
        case 6 -> {
          sample = true;
          readSample(CodedInputStream.newInstance(in.readByteArray()), timestamp, inferences);
        }
        default -> in.skipField(tag);
      }
    }
    return new Received(sequence, acknowledged, sample, timestamp[0], List.copyOf(inferences));
  }

  private static void readSample(CodedInputStream in, long[] timestamp, List<Inference> inferences)
      throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> timestamp[0] = in.readUInt64();
        case 10 ->
            inferences.add(GrpcInference.read(CodedInputStream.newInstance(in.readByteArray())));
        default -> in.skipField(tag);
      }
    }
  }

  static void text(CodedOutputStream out, int field, String value) throws IOException {
    if (!value.isEmpty()) {
      out.writeString(field, value);
    }
  }

  static void number(CodedOutputStream out, int field, int value) throws IOException {
    if (value != 0) {
      out.writeUInt32(field, value);
    }
  }

  static void message(CodedOutputStream out, int field, Fields fields) throws IOException {
    out.writeByteArray(field, bytes(fields));
  }

  private static byte[] bytes(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a message cannot be written to memory", e);
    }
  }
}
