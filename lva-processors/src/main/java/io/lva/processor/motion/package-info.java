/** Motion detection on key pictures; the method is described in docs/motion.md. */
@NullMarked
package io.lva.processor.motion;

import org.jspecify.annotations.NullMarked;
