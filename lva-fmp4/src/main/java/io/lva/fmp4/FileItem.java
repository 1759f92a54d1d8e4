package io.lva.fmp4;

/**
 * An item of a file that {@link FragmentedReader} reads: a box, or boxes that belong together.
 *
 * <p>Implementations are immutable.
 */
public sealed interface FileItem {
  /**
   * Returns the start of the item.
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
   * Returns the end of the item.
   *
   * @return index of the first byte after it
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
   * @param headerBytes bytes before the media
   * @param trackId the track
   * @param sequenceNumber number of the part in its file, 0 to 2^32 - 1
   * @param baseMediaDecodeTime decode time of the first sample, ticks of the track
   * @param sampleCount number of samples, at least one
   * @param durationTicks sum of the samples' durations, ticks of the track
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
     * Returns the decode time at which the next part of the track continues.
     *
     * @return end of the last sample, ticks of the track
     */
    public long endTime() {
      return baseMediaDecodeTime + durationTicks;
    }

    /**
     * Returns the offset of the first sample.
     *
     * @return index in the file
     */
    public long mediaOffset() {
      return offset + headerBytes;
    }
  }

  /**
   * A box that this library does not interpret.
   *
   * @param offset index of its first byte in the file
   * @param sizeBytes bytes of the box
   * @param type its four-character code
   */
  record Skipped(long offset, long sizeBytes, String type) implements FileItem {}
}
