/** The Azure IoT Edge module: connection to the hub, twin, direct methods, and messages. */
@NullMarked
package io.lva.iot.edge;

import org.jspecify.annotations.NullMarked;
