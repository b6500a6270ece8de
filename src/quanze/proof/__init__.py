"""Whether what is online is what was approved: manifest, seal, verification, audit."""
