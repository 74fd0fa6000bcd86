// Tells the page around a framed chart how tall the chart is, so that it can give the frame that height.
"use strict";

const tell = () => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  parent.postMessage({ type: "infracommons:height", height, address: location.href }, "*");
};
new ResizeObserver(tell).observe(document.body);
tell();
