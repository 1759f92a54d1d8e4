/** Assets in a container of Azure Blob Storage. */
@NullMarked
package io.lva.asset.azure;

import org.jspecify.annotations.NullMarked;
