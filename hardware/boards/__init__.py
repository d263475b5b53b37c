"""One file per family of relay boards; threads and ports are left to hardware.port."""
