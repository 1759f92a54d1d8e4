package io.lva.rtsp.session;

import io.lva.sdp.SessionDescription;
import java.util.Optional;

/**
 * What a camera says about itself and its session.
 *
 * <p>Immutable.
 *
 * @param server the {@code Server} field, if there is one
 * @param sdp the session description as it was sent, but with its passwords hidden
 * @param description the session description as it was understood
 */
public record SessionDetails(Optional<String> server, String sdp, SessionDescription description) {}
