/** The archive on disk or in a container: names, boxes, index, stores and recovery. */
@NullMarked
package io.lva.asset.store;

import org.jspecify.annotations.NullMarked;
