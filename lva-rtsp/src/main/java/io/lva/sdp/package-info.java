/** Session descriptions (RFC 4566, RFC 8866) as cameras write them. */
@NullMarked
package io.lva.sdp;

import org.jspecify.annotations.NullMarked;
