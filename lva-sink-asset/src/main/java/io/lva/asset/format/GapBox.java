package io.lva.asset.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.media.Bytes;
import io.lva.media.Gap;

/**
 * A hole that was bridged by extending the last sample before it: the payload of a {@code uuid} box
 * in front of the part after the hole (docs/asset-format.md).
 *
 * <p>Immutable.
 *
 * @param gap the gap, with its end
 */
public record GapBox(Gap gap) {
  /**
   * Checks the gap.
   *
   * @param gap the gap, with its end
   * @throws IllegalArgumentException when it has no end
   */
  public GapBox {
    if (gap.end().isEmpty()) {
      throw new IllegalArgumentException("gap " + gap.id() + " has no end");
    }
  }

  /**
   * Writes the payload of the box.
   *
   * @return a JSON object in UTF-8
   */
  public Bytes toPayload() {
    ObjectNode box = AssetJson.object().put("kind", "gap");
    AssetJson.putGap(box.putObject("gap"), gap);
    return Bytes.copyOf(AssetJson.bytes(box));
  }

  /**
   * Reads the payload of the box.
   *
   * @param payload a JSON object in UTF-8, at most {@link OriginBox#LONGEST_PAYLOAD_BYTES}
   * @return what it contains
   * @throws AssetFormatException when it is not a gap of this version
   */
  public static GapBox parse(Bytes payload) throws AssetFormatException {
    ObjectNode box = OriginBox.object(payload);
    if (!AssetJson.text(box, "kind").equals("gap") || !(box.get("gap") instanceof ObjectNode gap)) {
      throw new AssetFormatException("not a gap box");
    }
    try {
      return new GapBox(AssetJson.gap(gap));
    } catch (IllegalArgumentException e) {
      throw new AssetFormatException("gap box: " + e.getMessage(), e);
    }
  }
}
