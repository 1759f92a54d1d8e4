/**
 * An emulated Azure IoT Edge hub: MQTT over TLS with verified signatures, module twins, direct
 * methods, the REST interface of the service SDKs and the workload API, with switches for faults.
 */
@NullMarked
package io.lva.iot.testkit;

import org.jspecify.annotations.NullMarked;
