package io.lva.extension;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lva.media.InferenceValue;
import io.lva.media.InferenceValue.Attribute;
import io.lva.media.InferenceValue.Box;
import io.lva.media.InferenceValue.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads the value of an inference: collects the fields of its message, then makes the value from
 * them.
 *
 * <p>Used once.
 */
final class GrpcValue {
  private static final Box WHOLE = new Box(0, 0, 1, 1);

  private Tag tag = new Tag("", OptionalDouble.empty());
  private Optional<Box> box = Optional.empty();
  private String first = "";
  private String second = "";
  private String id = "";
  private byte[] content = {};
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong end = OptionalLong.empty();
  private final List<Attribute> attributes = new ArrayList<>();
  private final Map<String, String> properties = new HashMap<>();

  private GrpcValue() {}

  /** Reads the value in a field of {@code Inference}. */
  static InferenceValue read(int field, byte[] message) throws IOException {
    GrpcValue value = new GrpcValue();
    CodedInputStream in = CodedInputStream.newInstance(message);
    return switch (field) {
      case 5 -> value.tagged(in).classification();
      case 7 -> value.tagged(in).entity();
      case 6 -> value.motion(in);
      case 8 -> value.text(in);
      case 9 -> value.event(in);
      default -> value.other(in);
    };
  }

  private GrpcValue tagged(CodedInputStream in) throws IOException {
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(key)) {
        case 1 -> tag = tag(part(in));
        case 2 -> attributes.add(attribute(part(in)));
        case 3 -> box = Optional.of(box(part(in)));
        case 4 -> id = in.readString();
        default -> in.skipField(key);
      }
    }
    return this;
  }

  private InferenceValue classification() {
    return new InferenceValue.Classification(tag, attributes);
  }

  private InferenceValue entity() {
    return new InferenceValue.Entity(tag, attributes, box.orElse(WHOLE), GrpcInference.present(id));
  }

  private InferenceValue motion(CodedInputStream in) throws IOException {
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      if (WireFormat.getTagFieldNumber(key) == 1) {
        box = Optional.of(box(part(in)));
      } else {
        in.skipField(key);
      }
    }
    return new InferenceValue.Motion(box);
  }

  private InferenceValue text(CodedInputStream in) throws IOException {
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(key)) {
        case 1 -> first = in.readString();
        case 2 -> second = in.readString();
        case 5 -> start = OptionalLong.of(in.readUInt64());
        case 6 -> end = OptionalLong.of(in.readUInt64());
        default -> in.skipField(key);
      }
    }
    return new InferenceValue.Text(first, GrpcInference.present(second), start, end);
  }

  private InferenceValue event(CodedInputStream in) throws IOException {
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(key)) {
        case 1 -> first = in.readString();
        case 7 -> GrpcInference.readEntry(in, properties);
        default -> in.skipField(key);
      }
    }
    return new InferenceValue.Event(first, properties, Optional.empty());
  }

  private InferenceValue other(CodedInputStream in) throws IOException {
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(key)) {
        case 1 -> first = in.readString();
        case 2 -> content = in.readByteArray();
        default -> in.skipField(key);
      }
    }
    String text = Base64.getEncoder().encodeToString(content);
    return new InferenceValue.Other(GrpcInference.present(first), GrpcInference.present(text));
  }

  private static CodedInputStream part(CodedInputStream in) throws IOException {
    return CodedInputStream.newInstance(in.readByteArray());
  }

  private static Tag tag(CodedInputStream in) throws IOException {
    String value = "";
    OptionalDouble confidence = OptionalDouble.empty();
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(key)) {
        case 2 -> value = in.readString();
        case 3 -> confidence = OptionalDouble.of(decimal(in.readFloat()));
        default -> in.skipField(key);
      }
    }
    return new Tag(value, confidence);
  }

  private static Attribute attribute(CodedInputStream in) throws IOException {
    String name = "";
    String value = "";
    OptionalDouble confidence = OptionalDouble.empty();
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(key)) {
        case 1 -> name = in.readString();
        case 2 -> value = in.readString();
        case 3 -> confidence = OptionalDouble.of(decimal(in.readFloat()));
        default -> in.skipField(key);
      }
    }
    return new Attribute(name, value, confidence);
  }

  private static Box box(CodedInputStream in) throws IOException {
    double[] sides = new double[4];
    for (int key = in.readTag(); key != 0; key = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(key);
      if (field >= 1 && field <= sides.length) {
        sides[field - 1] = decimal(in.readFloat());
      } else {
        in.skipField(key);
      }
    }
    return new Box(sides[0], sides[1], sides[2], sides[3]);
  }

  /**
   * Converts single precision by way of its shortest decimal, for example to 0.9 and not to
   * 0.8999999762.
   */
  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
