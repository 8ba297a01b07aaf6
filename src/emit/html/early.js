/* In the head: what waits for the script is hidden from the first sight of the page on. */
document.documentElement.classList.add('js');
