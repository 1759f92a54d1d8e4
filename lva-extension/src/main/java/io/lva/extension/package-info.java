/** Nodes that send pictures to inference services and turn their answers into events. */
@NullMarked
package io.lva.extension;

import org.jspecify.annotations.NullMarked;
