package io.lva.event;

/**
 * Where a recording goes.
 *
 * <p>Immutable.
 *
 * @param type what the location names
 * @param location the resolved asset name, or the absolute path of a file
 */
public record RecordingOutput(Type type, String location) {
  /** What a location names. */
  public enum Type {
    /** An asset by its resolved name. */
    ASSET_NAME("assetName"),
    /** A file by its absolute path. */
    FILE_PATH("filePath");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /**
     * Returns the value of {@code outputType} in the event's body.
     *
     * @return {@code assetName} or {@code filePath}
     */
    public String text() {
      return text;
    }
  }
}
