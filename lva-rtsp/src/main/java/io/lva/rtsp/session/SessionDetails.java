package io.lva.rtsp.session;

import io.lva.sdp.SessionDescription;
import java.util.Optional;

/**
 * The description that a camera gives of itself.
 *
 * <p>Immutable.
 *
 * @param server the {@code Server} field, if there is one
 * @param sdp the session description as it was sent, with passwords in it hidden
 * @param description the session description as it was understood
 */
public record SessionDetails(Optional<String> server, String sdp, SessionDescription description) {}
