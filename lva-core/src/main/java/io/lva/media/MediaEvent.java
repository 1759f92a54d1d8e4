package io.lva.media;

/**
 * Something that was seen in the media, or a message from outside, placed in media time.
 *
 * <p>Immutable.
 *
 * @param utcNanos when it happened, in nanoseconds since the Unix epoch on the session's clock
 * @param type what happened, such as {@code motion}
 * @param json its body as a JSON object, in the form of the inference schema
 */
public record MediaEvent(long utcNanos, String type, String json) {}
