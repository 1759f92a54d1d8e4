package io.lva.asset.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Describes the folder of an asset: the content of {@code asset.json}.
 *
 * <p>Immutable.
 *
 * @param format version of the asset format
 * @param name the full name of the asset, whatever its folder is called
 * @param created when the first recording began, or a lost description was replaced
 */
public record AssetDescription(int format, String name, Instant created) {
  /** The largest document that is read, in bytes. */
  public static final int LARGEST_BYTES = 64 << 10;

  /**
   * Creates an asset description.
   *
   * @param format version of the asset format
   * @param name the full name of the asset
   * @param created when the first recording began, or a lost description was replaced
   */
  public AssetDescription {}

  /**
   * Reads {@code asset.json}.
   *
   * @param document JSON in UTF-8
   * @return what it contains
   * @throws AssetFormatException when it does not describe an asset; {@link LaterFormatException}
   *     when a later version of the format wrote it
   */
  public static AssetDescription parse(byte[] document) throws AssetFormatException {
    ObjectNode root = AssetJson.parse(document, AssetLayout.ASSET_JSON);
    int format = (int) AssetJson.number(root, "format", 1, Integer.MAX_VALUE);
    if (format > OriginBox.FORMAT) {
      throw new LaterFormatException("written by a later version of the asset format: " + format);
    }
    return new AssetDescription(
        format, AssetJson.text(root, "name"), AssetJson.instant(root, "created"));
  }

  /**
   * Writes {@code asset.json}.
   *
   * @return JSON in UTF-8
   */
  public byte[] toJson() {
    return AssetJson.bytes(
        AssetJson.object()
            .put("format", format)
            .put("name", name)
            .put("created", created.toString()));
  }
}
