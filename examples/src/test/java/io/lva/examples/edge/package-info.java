/** The IoT Edge module as a process of its own, against an emulated hub. */
@NullMarked
package io.lva.examples.edge;

import org.jspecify.annotations.NullMarked;
