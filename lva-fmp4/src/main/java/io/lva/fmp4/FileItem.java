package io.lva.fmp4;

/**
 * One thing that {@link FragmentedReader} finds in a file: a box, or boxes that belong together.
 *
 * <p>Implementations are immutable.
 */
public sealed interface FileItem {
  /**
   * Returns where the item starts.
   *
   * @return index of its first byte in the file
   */
  long offset();

  /**
   * Returns the size of the item.
   *
   * @return bytes, headers included
   */
  long sizeBytes();

  /**
   * Returns where the item ends.
   *
   * @return index of the first byte behind it
   */
  default long end() {
    return offset() + sizeBytes();
  }

  /**
   * {@code ftyp} and {@code moov}.
   *
   * @param offset index of its first byte in the file
   * @param sizeBytes bytes up to the end of {@code moov}
   * @param init the tracks
   */
  record Head(long offset, long sizeBytes, InitSegment init) implements FileItem {}

  /**
   * A {@code uuid} box.
   *
   * @param offset index of its first byte in the file
   * @param sizeBytes bytes of the box
   * @param box its content
   */
  record Extension(long offset, long sizeBytes, UuidBox box) implements FileItem {}

  /**
   * A {@code prft} box.
   *
   * @param offset index of its first byte in the file
   * @param sizeBytes bytes of the box
   * @param time its content
   */
  record ReferenceTime(long offset, long sizeBytes, ProducerReferenceTime time)
      implements FileItem {}

  /**
   * One {@code moof} of one track and its {@code mdat}.
   *
   * @param offset index of its first byte in the file
   * @param sizeBytes bytes of both boxes
   * @param headerBytes bytes in front of the media
   * @param trackId the track
   * @param sequenceNumber number of the part in its file, 0 to 2^32 - 1
   * @param baseMediaDecodeTime decode time of the first sample, ticks of the track
   * @param sampleCount number of samples, at least one
   * @param durationTicks sum of the samples' durations
   * @param startsWithSync whether decoding can start at the first sample
   */
  record Part(
      long offset,
      long sizeBytes,
      int headerBytes,
      int trackId,
      long sequenceNumber,
      long baseMediaDecodeTime,
      int sampleCount,
      long durationTicks,
      boolean startsWithSync)
      implements FileItem {
    /**
     * Returns where the next part of the track continues.
     *
     * @return decode time behind the last sample, ticks of the track
     */
    public long endTime() {
      return baseMediaDecodeTime + durationTicks;
    }

    /**
     * Returns where the bytes of the first sample are.
     *
     * @return index in the file
     */
    public long mediaOffset() {
      return offset + headerBytes;
    }
  }

  /**
   * A box that means nothing to this library.
   *
   * @param offset index of its first byte in the file
   * @param sizeBytes bytes of the box
   * @param type its four-character code
   */
  record Skipped(long offset, long sizeBytes, String type) implements FileItem {}
}
