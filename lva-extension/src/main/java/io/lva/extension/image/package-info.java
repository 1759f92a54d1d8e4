/** Pictures in the sizes, layouts and file formats that inference services take. */
@NullMarked
package io.lva.extension.image;

import org.jspecify.annotations.NullMarked;
