package io.lva.asset;

/**
 * A part of a segment that is being written or was being written until recently; it says where its
 * bytes are.
 *
 * <p>Immutable.
 *
 * @param trackId the one track of the part
 * @param offset offset of its first byte in the file
 * @param headerBytes size of {@code moof} and of the header of {@code mdat}
 * @param sizeBytes size of the headers and the media
 * @param decodeTime decode time of the first sample, in ticks of the track since the Unix epoch
 * @param durationTicks duration of all samples together
 * @param independent whether decoding can start at the first sample
 */
public record LivePart(
    int trackId,
    long offset,
    int headerBytes,
    int sizeBytes,
    long decodeTime,
    long durationTicks,
    boolean independent) {}
