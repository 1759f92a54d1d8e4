package io.lva.extension;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.media.InferenceValue.Attribute;
import io.lva.media.InferenceValue.Box;
import io.lva.media.InferenceValue.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message {@code Inference} of the gRPC extension protocol. */
final class GrpcInference {
  private GrpcInference() {}

  /**
   * Writes an inference; an {@link InferenceValue.Foreign} value, which the protocol cannot
   * express, is left out.
   */
  static void write(CodedOutputStream out, Inference inference) throws IOException {
    GrpcMessage.text(out, 2, inference.subtype().orElse(""));
    GrpcMessage.text(out, 3, inference.id().orElse(""));
    for (String related : inference.relatedIds()) {
      out.writeString(4, related);
    }
    GrpcMessage.text(out, 14, inference.sequenceId().orElse(""));
    writeValue(out, inference.value());
    writeMap(out, 15, inference.extensions());
  }

  private static void writeValue(CodedOutputStream out, InferenceValue value) throws IOException {
    if (value instanceof InferenceValue.Classification classification) {
      out.writeEnum(1, 1);
      GrpcMessage.message(
          out, 5, part -> writeTag(part, classification.tag(), classification.attributes()));
    } else if (value instanceof InferenceValue.Motion motion) {
      out.writeEnum(1, 2);
      GrpcMessage.message(
          out,
          6,
          part -> {
            if (motion.box().isPresent()) {
              writeBox(part, 1, motion.box().get());
            }
          });
    } else if (value instanceof InferenceValue.Entity entity) {
      out.writeEnum(1, 3);
      GrpcMessage.message(
          out,
          7,
          part -> {
            writeTag(part, entity.tag(), entity.attributes());
            writeBox(part, 3, entity.box());
            GrpcMessage.text(part, 4, entity.id().orElse(""));
          });
    } else if (value instanceof InferenceValue.Event event) {
      out.writeEnum(1, 5);
      GrpcMessage.message(
          out,
          9,
          part -> {
            GrpcMessage.text(part, 1, event.name());
            writeMap(part, 7, event.properties());
          });
    } else if (value instanceof InferenceValue.Text text) {
      out.writeEnum(1, 4);
      GrpcMessage.message(
          out,
          8,
          part -> {
            GrpcMessage.text(part, 1, text.value());
            GrpcMessage.text(part, 2, text.language().orElse(""));
            part.writeUInt64(5, text.startTimestamp().orElse(0));
            part.writeUInt64(6, text.endTimestamp().orElse(0));
          });
    } else if (value instanceof InferenceValue.Other other) {
      out.writeEnum(1, 15);
      GrpcMessage.message(
          out,
          13,
          part -> {
            GrpcMessage.text(part, 1, other.contentType().orElse(""));
            part.writeByteArray(2, bytes(other.contentBytes().orElse("")));
          });
    }
  }

  /** Decodes Base64; text from an upstream service that is not Base64 is sent as it is. */
  private static byte[] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static void writeTag(CodedOutputStream out, Tag tag, List<Attribute> attributes)
      throws IOException {
    GrpcMessage.message(
        out,
        1,
        part -> {
          GrpcMessage.text(part, 2, tag.value());
          part.writeFloat(3, (float) tag.confidence().orElse(0));
        });
    for (Attribute attribute : attributes) {
      GrpcMessage.message(
          out,
          2,
          part -> {
            GrpcMessage.text(part, 1, attribute.name());
            GrpcMessage.text(part, 2, attribute.value());
            part.writeFloat(3, (float) attribute.confidence().orElse(0));
          });
    }
  }

  private static void writeBox(CodedOutputStream out, int field, Box box) throws IOException {
    GrpcMessage.message(
        out,
        field,
        part -> {
          part.writeFloat(1, (float) box.left());
          part.writeFloat(2, (float) box.top());
          part.writeFloat(3, (float) box.width());
          part.writeFloat(4, (float) box.height());
        });
  }

  private static void writeMap(CodedOutputStream out, int field, Map<String, String> map)
      throws IOException {
    for (Map.Entry<String, String> entry : map.entrySet()) {
      GrpcMessage.message(
          out,
          field,
          part -> {
            part.writeString(1, entry.getKey());
            part.writeString(2, entry.getValue());
          });
    }
  }

  /**
   * Reads an inference. Its type follows from the value that is set, as the protocol defines for
   * type AUTO.
   */
  static Inference read(CodedInputStream in) throws IOException {
    String subtype = "";
    String id = "";
    String sequenceId = "";
    List<String> related = new ArrayList<>();
    Map<String, String> extensions = new HashMap<>();
    InferenceValue value = new InferenceValue.Other(Optional.empty(), Optional.empty());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 2 -> subtype = in.readString().strip();
        case 3 -> id = in.readString();
        case 4 -> related.add(in.readString());
        case 14 -> sequenceId = in.readString();
        case 5, 6, 7, 8, 9, 13 ->
            value = GrpcValue.read(WireFormat.getTagFieldNumber(tag), in.readByteArray());
        case 15 -> readEntry(in, extensions);
        default -> in.skipField(tag);
      }
    }
    return new Inference(
        value, present(subtype), present(id), related, present(sequenceId), extensions);
  }

  static void readEntry(CodedInputStream in, Map<String, String> map) throws IOException {
    CodedInputStream entry = CodedInputStream.newInstance(in.readByteArray());
    String key = "";
    String value = "";
    for (int tag = entry.readTag(); tag != 0; tag = entry.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> key = entry.readString();
        case 2 -> value = entry.readString();
        default -> entry.skipField(tag);
      }
    }
    map.put(key, value);
  }

  static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
