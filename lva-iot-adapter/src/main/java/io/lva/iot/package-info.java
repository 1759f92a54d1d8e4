/** Live Video Analytics' direct methods, and the player of its operations files. */
@NullMarked
package io.lva.iot;

import org.jspecify.annotations.NullMarked;
