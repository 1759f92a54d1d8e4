/** What the payload formats of codecs with NAL units have in common: H.264 and H.265. */
@NullMarked
package io.lva.rtp.payload.nal;

import org.jspecify.annotations.NullMarked;
